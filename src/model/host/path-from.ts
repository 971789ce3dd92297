import path from 'node:path';

/**
 * Where a name leads from a directory, as the system reads it: nothing in it is taken together, because what `file/` and
 * `file/.` ask for is a folder.
 */
export function pathFrom(directory: string, name: string): string {
  return path.isAbsolute(name) ? name : `${directory}/${name}`;
}
