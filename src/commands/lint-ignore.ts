import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { nameOnDisk } from '../text/bare-bytes.ts';
import { FileError } from './file-error.ts';

const defaultFile = '.xcfgignore';

/**
 * Which files are passed over when a folder or a pattern brings them up; undefined when none are.
 * @throws FileError when a file of patterns is named and not there
 */
export async function ignoredPaths(
  args: { readonly ignorePath: string | undefined; readonly ignorePattern: readonly string[] | undefined },
  cwd: string,
): Promise<((path: string) => boolean) | undefined> {
  const file = resolve(cwd, args.ignorePath ?? defaultFile);
  if (!existsSync(nameOnDisk(file))) {
    if (args.ignorePath !== undefined) throw new FileError(args.ignorePath, 'no such file');
    if (args.ignorePattern === undefined) return undefined;
  }
  const lines = existsSync(nameOnDisk(file)) ? readFileSync(nameOnDisk(file), 'utf8').split(/\r?\n/) : [];
  const { PathPatterns } = await import('../config/path-patterns.ts');
  const patterns = new PathPatterns(cwd, [...lines, ...(args.ignorePattern ?? [])]);
  return (path) => patterns.matches(resolve(cwd, path));
}
