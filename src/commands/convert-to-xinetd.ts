import { type NewEntry, type NewNode, newValue } from '../ast/new-entry.ts';
import type { Report } from '../convert/diagnostic.ts';
import { convertInetd } from '../convert/to-xinetd/convert-inetd.ts';
import { entryFiles } from '../convert/to-xinetd/entry-files.ts';
import { printNewEntries } from '../format/print-new-entries.ts';
import type { Conversion, ConversionInput } from './conversion.ts';
import type { ConvertOptions } from './convert.ts';

/** inetd.conf to xinetd.conf. */
export function convertToXinetd(
  { source, tables }: ConversionInput,
  options: ConvertOptions,
  report: Report,
): Conversion {
  const target = {
    dialect: options.dialect,
    daemonDir: options['daemon-dir'] ?? null,
    noLibwrap: !options.libwrap,
    names: tables,
    annotates: options.annotate,
  };
  let asksLibwrap = false;
  function* nodes(): Generator<NewNode> {
    for (const node of convertInetd(source, target, report)) {
      asksLibwrap ||= node.type === 'NewEntry' && !hasFlag(node, 'NOLIBWRAP');
      yield node;
    }
  }
  return {
    document: () => printNewEntries(nodes()),
    files: () =>
      entryFiles(nodes()).map((file) => ({
        name: file.name,
        text: [...printNewEntries(file.nodes)].join(''),
      })),
    notes: () => (asksLibwrap ? [libwrapNote] : []),
    encoding: source.encoding,
  };
}

const libwrapNote =
  'info: xinetd consults hosts.allow and hosts.deny for every service, plain inetd only through tcpd; --no-libwrap keeps it as it was [libwrap-active]';

function hasFlag(entry: NewEntry, flag: string): boolean {
  return newValue(entry, 'flags')?.split(' ').includes(flag) ?? false;
}
