import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { nameOnDisk } from '../text/bare-bytes.ts';
import { readFile } from './input.ts';

const defaultFile = '.xcfgignore';

/**
 * Which files are passed over when a folder or a pattern brings them up; undefined when none are.
 * @throws FileError when the file of patterns is named and not there, or cannot be read
 */
export async function ignoredPaths(
  args: { readonly ignorePath: string | undefined; readonly ignorePattern: readonly string[] | undefined },
  cwd: string,
): Promise<((path: string) => boolean) | undefined> {
  const file = args.ignorePath ?? defaultFile;
  const isThere = args.ignorePath !== undefined || existsSync(nameOnDisk(resolve(cwd, file)));
  if (!isThere && args.ignorePattern === undefined) return undefined;
  const lines = isThere ? readFile(file, cwd).text.split(/\r?\n/) : [];
  const { PathPatterns } = await import('../config/path-patterns.ts');
  const patterns = new PathPatterns(cwd, [...lines, ...(args.ignorePattern ?? [])]);
  return (path) => patterns.matches(resolve(cwd, path));
}
