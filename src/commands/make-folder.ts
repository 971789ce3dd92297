import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { nameOnDisk } from '../text/bare-bytes.ts';

/**
 * Makes a folder, with those above it that are missing.
 *
 * Not `mkdirSync(..., { recursive: true })`: where a file system refuses a folder with ENOENT below one that is there
 * (/proc does), that never returns in Node 20.
 * @throws the error of mkdir, also when something else has the name
 */
export function makeFolder(path: string): void {
  if (existsSync(nameOnDisk(path))) return;
  const above = dirname(path);
  if (!existsSync(nameOnDisk(above))) makeFolder(above);
  mkdirSync(nameOnDisk(path));
}
