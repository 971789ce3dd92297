import type { BlockEntry, Entry, TopLevel } from '../ast/nodes.ts';
import type { SourceText } from '../text/source-text.ts';
import type { SourceTree, SourceTreeParts, TreeFile } from './source-tree.ts';

/** An entry with the file that it stands in. */
export interface PlacedEntry<E extends Entry = Entry> {
  readonly source: SourceText;
  readonly entry: E;
  /** The address that a line above gives it where it has none of its own: inetd.conf only, and `*` is none. */
  readonly defaultBind: string | null;
}

/** The xinetd.conf services of a tree, in order. */
export function servicesInOrder(tree: SourceTree): readonly PlacedEntry<BlockEntry>[] {
  return tree.entries.filter(
    (each): each is PlacedEntry<BlockEntry> => each.entry.syntax === 'block' && each.entry.kind === 'service',
  );
}

/** The names of the services of a tree, in lower case. */
export function serviceNames(tree: SourceTree): ReadonlySet<string> {
  return new Set(servicesInOrder(tree).flatMap(({ entry }) => entry.name?.text.toLowerCase() ?? []));
}

/** The `defaults` sections of a tree, in order. */
export function defaultsInOrder(tree: SourceTree): readonly PlacedEntry<BlockEntry>[] {
  return tree.entries.filter(
    (each): each is PlacedEntry<BlockEntry> =>
      each.entry.kind === 'defaults' && each.entry.syntax === 'block',
  );
}

/** What `SourceTree.entries` is. */
export function readingOrder(tree: SourceTreeParts): PlacedEntry[] {
  const included = new Map(tree.inclusions.map(({ by, files }) => [by?.directive, files]));
  const seen = new Set<TreeFile>();
  const entries: PlacedEntry[] = [];
  // No recursion: in a folder without a main file there can be as many levels as files.
  const waiting: Waiting[] = tree.files.map((file) => ({ file, defaultBind: null })).reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { file, node, defaultBind } = next;
    if (node === undefined) {
      // A file that is included twice says the same twice; once is enough to judge it.
      if (seen.has(file)) continue;
      seen.add(file);
      for (const child of withDefaultBind(file, defaultBind).reverse()) waiting.push(child);
    } else if (node.type === 'Entry') entries.push({ source: file.source, entry: node, defaultBind });
    else if (node.type === 'Directive') {
      for (const each of (included.get(node) ?? []).toReversed()) waiting.push({ file: each, defaultBind });
    }
  }
  return entries;
}

/** A file, or a node of one. */
interface Waiting {
  readonly file: TreeFile;
  readonly node?: TopLevel;
  readonly defaultBind: string | null;
}

/** The nodes of a file. What it says of addresses holds to its end, and what the file that includes it says until then. */
function withDefaultBind(file: TreeFile, inherited: string | null): Waiting[] {
  let defaultBind = inherited;
  return file.file.children.map((node) => {
    if (node.type === 'Directive' && node.kind === 'default-bind') {
      defaultBind = boundTo(node.values.map(({ text }) => text));
    }
    return { file, node, defaultBind };
  });
}

/** The addresses of inetd.conf as one text; null where `*` among them stands for all. */
export function boundTo(addresses: readonly string[]): string | null {
  return addresses.includes('*') ? null : addresses.join(',');
}
