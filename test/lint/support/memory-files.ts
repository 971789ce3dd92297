import type { ModelFiles } from '../../../src/model/host-tables.ts';

/** A file system that holds what a test says, by absolute path. */
export function memoryFiles(texts: Readonly<Record<string, string | Buffer>>): ModelFiles {
  const paths = Object.keys(texts);
  const folders = new Set(paths.flatMap(parents));
  const files: ModelFiles = {
    read(path) {
      const text = texts[path];
      if (text !== undefined) return { bytes: Buffer.from(text) };
      return { error: folders.has(path) ? 'directory' : 'missing' };
    },
    list(path) {
      const folder = path.replace(/\/$/, '');
      if (!folders.has(folder)) return undefined;
      const below = paths.filter((each) => each.startsWith(`${folder}/`));
      return [...new Set(below.map((each) => each.slice(folder.length + 1).split('/')[0] ?? ''))];
    },
    kind: (path) =>
      texts[path] !== undefined ? 'file' : folders.has(path.replace(/\/$/, '')) ? 'directory' : 'missing',
    identity: (path) => path,
    isExecutable: () => true,
  };
  return files;
}

function parents(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/')).filter((each) => each !== '');
}
