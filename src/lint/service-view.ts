import type { Attribute, BlockEntry, Entry, LineEntry, PairsEntry } from '../ast/nodes.ts';
import { findAttribute } from '../catalog/catalogue.ts';
import { EntryValues } from '../grammar/inetd/entry-values.ts';
import { isLost } from '../grammar/inetd/problems.ts';
import type { Range } from '../text/range.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Analysis } from './analysis.ts';
import { boundTo } from './reading-order.ts';

/**
 * What an entry of either format says of its service, typed as far as it could be read. It is the entry's own text:
 * what `defaults` add, and whether it runs, are matters of the resolved configuration.
 */
export interface ServiceView {
  readonly entry: Entry;
  readonly source: SourceText;
  readonly name: string;
  /** Switched off by its own text. */
  readonly isOff: boolean;
  /** Upper case names. */
  readonly types: ReadonlySet<string>;
  readonly flags: ReadonlySet<string>;
  readonly socketType: string | null;
  readonly protocol: string | null;
  readonly port: number | null;
  readonly wait: boolean | null;
  readonly user: string | null;
  readonly group: string | null;
  readonly server: string | null;
  /** Arguments of the program, without argv[0]. */
  readonly args: readonly string[];
  /** Argv[0] where it is written. */
  readonly argv0: string | null;
  /** Of inetd.conf the addresses with commas between them, its own or those of a line above. */
  readonly bind: string | null;
  readonly isRedirected: boolean;
}

/** The view of a service; undefined for `defaults` and for inetd.conf lines that cannot be read. */
export function serviceView(entry: Entry, source: SourceText, analysis: Analysis): ServiceView | undefined {
  if (entry.kind !== 'service') return undefined;
  if (entry.syntax === 'block') return blockView(entry, source, analysis);
  return isLost(entry.problems) ? undefined : lineView(entry, source, analysis);
}

/** The attribute line that counts; for inetd.conf the piece of the line. */
export function attributeOf({ entry }: ServiceView, name: string): Attribute | undefined {
  return entry.attributes.find((attribute) => {
    if (attribute.key === name) return true;
    return entry.syntax === 'block' && findAttribute(attribute.key)?.name === name;
  });
}

/** The values of an attribute, or the name of the service where it says nothing of it. */
export function rangeOf(view: ServiceView, name: string): Range {
  const attribute = attributeOf(view, name);
  const first = attribute?.values[0];
  const last = attribute?.values.at(-1);
  if (first !== undefined && last !== undefined) return { start: first.start, end: last.end };
  return attribute ?? view.entry.name ?? view.entry;
}

function blockView(entry: BlockEntry, source: SourceText, analysis: Analysis): ServiceView {
  const { values } = analysis.judge(entry, source).draft;
  const protocol = values.protocol?.name ?? null;
  const words = values.serverArguments?.words ?? [];
  const holdsName = values.serverArguments?.holdsName ?? false;
  return {
    entry,
    source,
    name: entry.name?.text ?? '',
    isOff: isSwitchedOff(entry),
    types: values.types,
    flags: values.flags,
    socketType: values.socketType ?? impliedSocketType(protocol),
    protocol: protocol ?? impliedProtocol(values.socketType),
    port: values.port,
    wait: values.wait,
    user: values.user?.name ?? null,
    group: values.group?.name ?? null,
    server: values.server,
    args: holdsName ? words.slice(1) : words,
    argv0: holdsName ? (words[0] ?? null) : null,
    bind: values.bind?.text ?? null,
    isRedirected: values.redirect !== null,
  };
}

function lineView(entry: LineEntry | PairsEntry, source: SourceText, analysis: Analysis): ServiceView {
  const values = new EntryValues(entry);
  const addresses = values.texts('bind');
  const argv = values.texts('argv') ?? [];
  const wait = values.text('wait');
  const server = values.text('server') ?? null;
  const isInternal = values.types.has('INTERNAL');
  return {
    entry,
    source,
    name: entry.name?.text ?? '',
    isOff: entry.disabled !== null,
    types: values.types,
    flags: new Set(),
    socketType: values.text('socket_type') ?? null,
    protocol: values.text('protocol') ?? null,
    port: values.number('port') ?? null,
    wait: wait === undefined ? null : wait === 'yes',
    user: values.text('user') ?? null,
    group: values.text('group') ?? null,
    server: isInternal ? null : server,
    args: argv.slice(1),
    argv0: argv[0] ?? null,
    bind: addresses === undefined ? analysis.defaultBindOf(entry) : boundTo(addresses),
    isRedirected: false,
  };
}

/** Whether a block switches itself off, by the line that counts. */
export function isSwitchedOff(entry: BlockEntry): boolean {
  const attribute = entry.attributes.find(({ key, values }) => key === 'disable' && values.length === 1);
  return attribute?.values[0]?.text.toLowerCase() === 'yes';
}

function impliedProtocol(socketType: string | null): string | null {
  return socketType === 'stream' ? 'tcp' : socketType === 'dgram' ? 'udp' : null;
}

function impliedSocketType(protocol: string | null): string | null {
  const name = protocol?.toLowerCase();
  return name === 'tcp' ? 'stream' : name === 'udp' ? 'dgram' : null;
}
