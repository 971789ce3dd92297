import { type NewEntry, type NewNode, newValue } from '../../ast/new-entry.ts';
import { UniqueNames } from '../unique-names.ts';

/** One file for a folder that xinetd includes. */
export interface EntryFile {
  readonly name: string;
  readonly nodes: readonly NewNode[];
}

/** Cuts a conversion into a file for each entry, with the comments in front of it; what follows the last stays with it. */
export function entryFiles(nodes: Iterable<NewNode>): readonly EntryFile[] {
  const files: { readonly name: string; readonly nodes: NewNode[] }[] = [];
  const names = new UniqueNames();
  let waiting: NewNode[] = [];
  for (const node of nodes) {
    waiting.push(node);
    if (node.type !== 'NewEntry') continue;
    files.push({ name: names.claim(fileName(node)), nodes: waiting });
    waiting = [];
  }
  const last = files.at(-1);
  if (last !== undefined) for (const node of waiting) last.nodes.push(node);
  else if (waiting.some((node) => node.type === 'Comment')) files.push({ name: 'comments', nodes: waiting });
  return files;
}

/** xinetd passes over names with a dot, and over those that end in a tilde. */
function fileName(entry: NewEntry): string {
  const id = newValue(entry, 'id') ?? entry.name;
  return id.replaceAll(/[^A-Za-z0-9_:-]/g, '_').slice(0, 200) || 'service';
}
