import { type Dirent, lstatSync, readdirSync, statSync } from 'node:fs';
import fastGlob, { type Options } from 'fast-glob';
import { nameOnDisk, textOfBytes } from '../text/bare-bytes.ts';

/** Names as they are on the disk: by itself the library takes them for UTF-8. */
const fs: NonNullable<Options['fs']> = {
  lstatSync: (path) => lstatSync(nameOnDisk(path)),
  statSync: (path) => statSync(nameOnDisk(path)),
  readdirSync: readFolder,
};

function readFolder(folder: string): string[];
function readFolder(folder: string, options: { withFileTypes: true }): Dirent[];
function readFolder(folder: string, options?: { withFileTypes: true }): string[] | Dirent[] {
  if (options === undefined) return readdirSync(nameOnDisk(folder), 'buffer').map(textOfBytes);
  return readdirSync(nameOnDisk(folder), { ...options, encoding: 'buffer' }).map((each) =>
    Object.assign(each, { name: textOfBytes(each.name) }),
  );
}

/**
 * What a pattern matches, of every kind, in no order. Found at once and not bit by bit: what the library keeps of each of
 * thousands of files while it waits is more than their names.
 */
export function filesOfPattern(pattern: string, cwd: string): string[] {
  return fastGlob.sync(pattern, { cwd, dot: true, onlyFiles: false, fs });
}
