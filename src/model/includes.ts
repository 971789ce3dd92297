import { dropInNames } from '../catalog/drop-in-names.ts';
import type { ModelFiles } from './host-tables.ts';

/** The names that `includedir` looks at, in its order; undefined when the directory cannot be read. */
export function includedNames(files: ModelFiles, directory: string): readonly string[] | undefined {
  const names = files.list(directory);
  return names === undefined ? undefined : dropInNames(names);
}
