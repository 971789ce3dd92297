import type { HostTables } from '../model/host-tables.ts';

/**
 * By what the daemon's entries can get in each other's way: the port, and nothing else. Each entry is filed under some
 * keys and looks for others under some.
 */
export interface PortKeys {
  readonly own: ReadonlySet<string>;
  readonly wanted: ReadonlySet<string>;
}

export interface PortKeyOptions {
  readonly tables: HostTables;
  /** Whether `defaults` may give every entry an address. */
  readonly isBound: boolean;
  /** Whether the text is one entry in the plain form, of which lines can be taken at their word. */
  readonly isPlain: boolean;
}

/**
 * The keys of the entries of a text; undefined where their ports may be any. This looks at lines and not at trees, because
 * the daemon reads lines: whatever it takes for an entry, its name and port stand on lines that begin so.
 */
export function portKeys(text: string, { tables, isBound, isPlain }: PortKeyOptions): PortKeys | undefined {
  const own = new Set<string>();
  const wanted = new Set<string>();
  const port = isPlain ? plainPort(text) : undefined;
  if (port !== undefined) return { own: own.add(port), wanted: own };
  const hasAddress = isBound || addressLine.test(text);
  const add = (key: string) => {
    own.add(key);
    wanted.add(key);
  };
  for (const [, key = '', rest = ''] of text.matchAll(portLine)) {
    for (const word of rest.split(/[\s=+{}-]+/)) {
      if (word === '') continue;
      if (key.toLowerCase() === 'port') {
        if (!/^[1-9][0-9]*$/.test(word)) return undefined;
        add(word);
        continue;
      }
      for (const each of portsOf(word, tables)) add(String(each));
      // Without a port to listen on, or one that nobody knows, clients know an entry by its name, and it is in the way of
      // those alone that have an address.
      for (const program of programsOf(text)) add(`0 ${word} ${program}`);
      own.add('0');
      wanted.add('0 bound');
      if (hasAddress) own.add('0 bound');
      if (hasAddress) wanted.add('0');
    }
  }
  return { own, wanted };
}

const portLine = /^[^\S\n]*(service|port)([^\n]*)$/gim;
const addressLine = /^[^\S\n]*(?:bind|interface)/im;

/** The port of an entry that says it once, in a way that the daemon takes. */
function plainPort(text: string): string | undefined {
  const lines = text.match(/^[^\S\n]*port[^\n]*$/gim);
  const port = /^[ \t]*port[ \t]+=[ \t]+([1-9][0-9]{0,4})[ \t]*$/.exec(lines?.[0] ?? '')?.[1];
  return lines?.length === 1 && Number(port) <= 65_535 ? port : undefined;
}

/** Words that may be the program of an entry; the empty one where it may do without. */
function programsOf(text: string): readonly string[] {
  const words = [...text.matchAll(/^[^\S\n]*server[^\S\n]*[-+]?=([^\n]*)$/gim)].flatMap(([, rest = '']) =>
    rest.trim().split(/\s+/),
  );
  return /^[^\S\n]*(?:redirect|flags|type)/im.test(text) ? [...words, ''] : words;
}

function portsOf(name: string, tables: HostTables): readonly number[] {
  const ports = ['tcp', 'udp'].flatMap((protocol) => tables.servicePort(name, protocol) ?? []);
  return ports.filter((port) => port !== 0);
}
