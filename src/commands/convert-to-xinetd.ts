import type { NewNode } from '../ast/new-entry.ts';
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
  const libwrap = new LibwrapWatch();
  const nodes = () => libwrap.watch(convertInetd(source, target, report));
  return {
    document: () => printNewEntries(nodes()),
    files: () =>
      entryFiles(nodes()).map((file) => ({
        name: file.name,
        text: [...printNewEntries(file.nodes)].join(''),
      })),
    notes: () => libwrap.notes(),
    encoding: source.encoding,
  };
}

/** Looks whether xinetd would consult hosts.allow where plain inetd did not. */
class LibwrapWatch {
  #isConsulted = false;

  *watch(nodes: Iterable<NewNode>): Generator<NewNode> {
    for (const node of nodes) {
      if (!this.#isConsulted && node.type === 'NewEntry') {
        const flags = node.attributes.find(([name]) => name === 'flags')?.[1] ?? '';
        this.#isConsulted = !flags.includes('NOLIBWRAP');
      }
      yield node;
    }
  }

  notes(): readonly string[] {
    return this.#isConsulted
      ? [
          'xinetd consults hosts.allow and hosts.deny for every service, plain inetd only through tcpd; --no-libwrap keeps it as it was [libwrap-active]',
        ]
      : [];
  }
}
