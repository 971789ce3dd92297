import type { ModelFiles } from '../model/host-tables.ts';
import type { SourceText } from '../text/source-text.ts';
import type { SourceTree, TreeFile } from './source-tree.ts';

/** More files are read only by includes that multiply each other. */
const mostReads = 20_000;

/** Another text in place of a file of the tree. */
export interface Replacement {
  readonly source: SourceText;
  readonly changed: SourceText;
}

/**
 * The files of a tree as the model asks for them, by the names that the directives give them; what the model says of them it
 * says by the names that they have here. Everything has been read already; an include that leads back to itself is left
 * out, as if the file were not there.
 */
export function treeFiles(tree: SourceTree, replacement?: Replacement): ModelFiles {
  const files = new Map<string, TreeFile>();
  const folders = new Map<string, string[]>();
  for (const { kind, path, outcome, files: found } of tree.inclusions) {
    // The daemon of the model knows nothing of inetd's includes.
    if (outcome !== 'read' || kind === 'glob-include') continue;
    if (kind === 'include') {
      for (const file of found) files.set(path, file);
      continue;
    }
    const names = found.map((file) => file.path.slice(file.path.lastIndexOf('/') + 1));
    folders.set(path, names);
    for (const [index, file] of found.entries()) files.set(`${path}/${names[index]}`, file);
  }
  let reads = 0;
  return {
    read(path) {
      const file = files.get(path);
      reads += 1;
      if (file === undefined || reads > mostReads) return { error: 'missing' };
      const source = file.source === replacement?.source ? replacement.changed : file.readable;
      return { bytes: source.encode(), name: source.path };
    },
    list: (path) => folders.get(path),
    kind: (path) => (files.has(path) ? 'file' : folders.has(path) ? 'directory' : 'missing'),
    identity: (path) => files.get(path)?.path,
    // Lines are judged as if every program were there; a rule that knows the machine says which is not.
    isExecutable: () => true,
  };
}

/** A main file for a folder that nothing is known to include. */
export function mainTextOf(tree: SourceTree): string | undefined {
  const folder = tree.inclusions.find(({ by }) => by === null);
  return folder === undefined ? undefined : `includedir ${folder.path}\n`;
}
