import { type Dirent, lstat, readdir, stat } from 'node:fs';
import fastGlob, { type Options } from 'fast-glob';
import { nameOnDisk, textOfBytes } from '../text/bare-bytes.ts';

type FileSystem = NonNullable<Options['fs']>;
type Done<Item> = (error: NodeJS.ErrnoException | null, found: Item[]) => void;

/** Names as they are on the disk: by itself the library takes them for UTF-8. */
const fs: FileSystem = {
  lstat: (path, done) => lstat(nameOnDisk(path), done),
  stat: (path, done) => stat(nameOnDisk(path), done),
  readdir: (folder: string, options: { withFileTypes: true } | Done<string>, done?: Done<Dirent>) => {
    if (typeof options === 'function') {
      readdir(nameOnDisk(folder), 'buffer', (error, names) => options(error, names?.map(textOfBytes) ?? []));
    } else {
      readdir(nameOnDisk(folder), { ...options, encoding: 'buffer' }, (error, found) =>
        done?.(error, found?.map((each) => Object.assign(each, { name: textOfBytes(each.name) })) ?? []),
      );
    }
  },
};

/** What a pattern matches, of every kind, in no order. */
export function filesOfPattern(pattern: string, cwd: string): Promise<string[]> {
  return fastGlob(pattern, { cwd, dot: true, onlyFiles: false, fs });
}
