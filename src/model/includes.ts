import type { ModelFiles } from './host-tables.ts';

/** Names in a directory in the order of their bytes, as strcmp sorts. */
export function sortedNames(names: readonly string[]): readonly string[] {
  return names
    .map((name) => ({ name, bytes: Buffer.from(name) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map(({ name }) => name);
}

/** `includedir` passes over names with a dot anywhere and editors' backups. */
export function isIncluded(name: string): boolean {
  return !name.includes('.') && !name.endsWith('~');
}

/** The names that `includedir` looks at, sorted; undefined when the directory cannot be read. */
export function includedNames(files: ModelFiles, directory: string): readonly string[] | undefined {
  const names = files.list(directory);
  return names === undefined ? undefined : sortedNames(names.filter(isIncluded));
}
