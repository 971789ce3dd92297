import type { BlockEntry, Entry, TopLevel } from '../ast/nodes.ts';
import type { SourceText } from '../text/source-text.ts';
import type { SourceTree, TreeFile } from './source-tree.ts';

/** An entry with the file that it stands in. */
export interface PlacedEntry<E extends Entry = Entry> {
  readonly source: SourceText;
  readonly entry: E;
}

const cache = new WeakMap<SourceTree, readonly PlacedEntry[]>();

/** All entries of a tree in the order in which the daemon comes to them: includes are read where they stand. */
export function entriesInOrder(tree: SourceTree): readonly PlacedEntry[] {
  let entries = cache.get(tree);
  if (entries === undefined) {
    entries = collect(tree);
    cache.set(tree, entries);
  }
  return entries;
}

/** The xinetd.conf services of a tree, in order. */
export function servicesInOrder(tree: SourceTree): readonly PlacedEntry<BlockEntry>[] {
  return entriesInOrder(tree).filter(
    (each): each is PlacedEntry<BlockEntry> => each.entry.syntax === 'block' && each.entry.kind === 'service',
  );
}

/** The `defaults` sections of a tree, in order. */
export function defaultsInOrder(tree: SourceTree): readonly PlacedEntry<BlockEntry>[] {
  return entriesInOrder(tree).filter(
    (each): each is PlacedEntry<BlockEntry> =>
      each.entry.kind === 'defaults' && each.entry.syntax === 'block',
  );
}

function collect(tree: SourceTree): PlacedEntry[] {
  const included = new Map(tree.inclusions.map(({ by, files }) => [by?.directive, files]));
  const seen = new Set<TreeFile>();
  const entries: PlacedEntry[] = [];
  // No recursion: in a folder without a main file there can be as many levels as files.
  const waiting: { readonly file: TreeFile; readonly node?: TopLevel }[] = tree.files
    .map((file) => ({ file }))
    .reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { file, node } = next;
    if (node === undefined) {
      // A file that is included twice says the same twice; once is enough to judge it.
      if (seen.has(file)) continue;
      seen.add(file);
      for (const child of file.file.children.toReversed()) waiting.push({ file, node: child });
    } else if (node.type === 'Entry') entries.push({ source: file.source, entry: node });
    else if (node.type === 'Directive') {
      for (const each of (included.get(node) ?? []).toReversed()) waiting.push({ file: each });
    }
  }
  return entries;
}
