import type { DisabledMark, LineEntry, PairsEntry } from '../../ast/nodes.ts';
import type { SourceText } from '../../text/source-text.ts';
import { sizeInBytes } from './buffer-sizes.ts';
import { EntryValues } from './entry-values.ts';
import { rpcVersions } from './rpc-versions.ts';

/** An entry as plain data, the same for positional lines and NetBSD definitions; what is undefined (absent in JSON) has its default. */
export interface NeutralEntry {
  readonly line: number;
  /** Where there is more than one line. */
  readonly endLine: number | undefined;
  readonly syntax: 'key-values' | undefined;
  readonly service: string;
  readonly port: number | undefined;
  readonly bind: readonly string[] | undefined;
  /** The address comes from a default line above. */
  readonly bindFrom: 'default' | undefined;
  readonly path: string | undefined;
  readonly socketOwner: { readonly user: string; readonly group: string; readonly mode: string } | undefined;
  readonly socketType: string;
  readonly recvIfIndex: true | undefined;
  readonly acceptMax: number | undefined;
  readonly acceptFilter: { readonly name: string; readonly arg: string | undefined } | undefined;
  readonly protocol: string;
  readonly ipVersion: string | undefined;
  readonly nettypes: readonly string[] | undefined;
  readonly faith: true | undefined;
  readonly ttcp: true | undefined;
  readonly rpc: NeutralRpc | undefined;
  readonly tcpmux: 'plain' | 'plus' | undefined;
  /** Bytes. */
  readonly sndbuf: number | undefined;
  readonly rcvbuf: number | undefined;
  readonly wait: boolean;
  readonly waitMode: string | undefined;
  readonly maxPerMinute: number | undefined;
  readonly maxPerIpPerMinute: number | undefined;
  readonly maxChild: number | undefined;
  readonly maxConnPerIpPerMinute: number | undefined;
  readonly maxChildPerIp: number | undefined;
  /** Null where the line has no user field. */
  readonly user: string | null;
  readonly group: string | undefined;
  readonly loginClass: string | undefined;
  readonly userKeywords: readonly string[] | undefined;
  readonly processors: string | undefined;
  readonly server: string;
  readonly serverOptional: true | undefined;
  readonly internal: true | undefined;
  /** argv[0] included. */
  readonly args: readonly string[];
  readonly ipsecPolicy: string | undefined;
  readonly section: string | undefined;
  readonly disabled:
    | { readonly style: DisabledMark['style']; readonly marker: string | undefined }
    | undefined;
}

export interface NeutralRpc {
  readonly program: string | number;
  readonly low: number;
  readonly high: number;
  readonly list: readonly number[] | undefined;
}

/** What the lines above say for an entry. */
export interface Inherited {
  readonly bind: readonly string[] | null;
  readonly ipsecPolicy: string | null;
  readonly section: string | null;
}

export function neutralEntry(
  entry: LineEntry | PairsEntry,
  source: SourceText,
  inherited: Inherited,
): NeutralEntry {
  const values = new EntryValues(entry);
  const path = values.text('socket_path');
  return {
    ...place(entry, source),
    service: path ?? entry.name?.text ?? '',
    port: values.number('port'),
    ...address(values, inherited),
    path,
    socketOwner: socketOwner(values),
    socketType: values.text('socket_type') ?? '',
    recvIfIndex: flag(values.has('receive_interface')),
    acceptMax: values.number('accept_max'),
    acceptFilter: acceptFilter(values),
    protocol: values.text('protocol') ?? '',
    ipVersion: values.text('ip_version'),
    nettypes: values.texts('nettype'),
    faith: flag(values.has('faith')),
    ttcp: flag(values.has('ttcp')),
    rpc: rpc(entry, values),
    tcpmux: values.types.has('TCPMUX') ? 'plain' : values.types.has('TCPMUXPLUS') ? 'plus' : undefined,
    sndbuf: size(values, 'sndbuf'),
    rcvbuf: size(values, 'rcvbuf'),
    wait: values.text('wait') === 'yes',
    waitMode: values.text('wait_mode'),
    maxPerMinute: values.number('max_per_minute'),
    maxPerIpPerMinute: values.number('max_per_ip_per_minute'),
    maxChild: values.number('max_child'),
    maxConnPerIpPerMinute: values.number('max_connections_per_ip_per_minute'),
    maxChildPerIp: values.number('max_child_per_ip'),
    user: values.text('user') ?? null,
    group: values.text('group'),
    loginClass: values.text('login_class'),
    userKeywords: values.texts('user_keywords'),
    processors: values.text('processors'),
    server: values.text('server') ?? '',
    serverOptional: flag(values.has('server_optional')),
    internal: flag(values.types.has('INTERNAL')),
    args: values.texts('argv') ?? [],
    ipsecPolicy: values.has('ipsec_policy')
      ? (values.text('ipsec_policy') ?? '')
      : (inherited.ipsecPolicy ?? undefined),
    section: inherited.section ?? undefined,
    disabled: entry.disabled === null ? undefined : disabled(entry.disabled),
  };
}

function place(
  entry: LineEntry | PairsEntry,
  source: SourceText,
): Pick<NeutralEntry, 'line' | 'endLine' | 'syntax'> {
  const line = source.lineAt(entry.start);
  const endLine = source.lineAt(Math.max(entry.start, entry.end - 1));
  return {
    line,
    endLine: endLine === line ? undefined : endLine,
    syntax: entry.syntax === 'pairs' ? 'key-values' : undefined,
  };
}

/** A UNIX socket has no address, and a tcpmux service no socket of its own that a default could hold for. */
function address(values: EntryValues, inherited: Inherited): Pick<NeutralEntry, 'bind' | 'bindFrom'> {
  const bind = values.texts('bind');
  if (bind !== undefined) return { bind, bindFrom: undefined };
  const isTcpmux = values.types.has('TCPMUX') || values.types.has('TCPMUXPLUS');
  if (inherited.bind === null || values.has('socket_path') || isTcpmux)
    return { bind: undefined, bindFrom: undefined };
  return { bind: inherited.bind, bindFrom: 'default' };
}

function socketOwner(values: EntryValues): NeutralEntry['socketOwner'] {
  const user = values.text('socket_user');
  const group = values.text('socket_group');
  const mode = values.text('socket_mode');
  return user === undefined || group === undefined || mode === undefined ? undefined : { user, group, mode };
}

function acceptFilter(values: EntryValues): NeutralEntry['acceptFilter'] {
  const [name, arg] = values.texts('accept_filter') ?? [];
  return name === undefined ? undefined : { name, arg };
}

/** The program by number where the entry has one, else by its name. */
function rpc(entry: LineEntry | PairsEntry, values: EntryValues): NeutralRpc | undefined {
  if (!values.types.has('RPC')) return undefined;
  const versions = rpcVersions(values.text('rpc_version') ?? '');
  const { low, high, list } = versions ?? { low: 0, high: 0, list: null };
  return {
    program: values.number('rpc_number') ?? entry.name?.text ?? '',
    low,
    high,
    list: list ?? undefined,
  };
}

function size(values: EntryValues, key: 'sndbuf' | 'rcvbuf'): number | undefined {
  return sizeInBytes(values.text(key) ?? '') ?? undefined;
}

function disabled(mark: DisabledMark): NeutralEntry['disabled'] {
  return { style: mark.style, marker: mark.style === 'kv-off' ? undefined : mark.marker };
}

function flag(isSet: boolean): true | undefined {
  return isSet ? true : undefined;
}
