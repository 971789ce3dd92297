import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { FileError } from './file-error.ts';
import { makeFolder } from './make-folder.ts';
import { syncFolder } from './sync-folder.ts';
import { isSystemError, systemReason } from './system-error.ts';

/** A file that is to be written into a folder. */
export interface OutputFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/**
 * Writes files into a folder (`path` in messages), all of them or none: they are completed in a folder of their own inside
 * it, and put in place when all are there. What fails after that is undone.
 * @throws FileError when that is not possible, or without `replaces` when one of the names is taken
 */
export function writeFilesTogether(
  path: string,
  absolute: string,
  files: readonly OutputFile[],
  replaces: boolean,
): void {
  const isNew = !existsSync(absolute);
  try {
    makeFolder(absolute);
    if (!replaces) refuseTaken(path, absolute, files);
    writeTogether(absolute, files, replaces);
  } catch (error) {
    if (isNew) rmSync(absolute, { recursive: true, force: true });
    if (!isSystemError(error)) throw error;
    throw new FileError(join(path, basename(error.path ?? '')), `cannot write: ${systemReason(error)}`);
  }
}

function refuseTaken(path: string, absolute: string, files: readonly OutputFile[]): void {
  const [first, ...others] = files.filter(({ name }) => existsSync(join(absolute, name)));
  if (first === undefined) return;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  throw new FileError(join(path, first.name), `is there already${more}; --force replaces what is there`);
}

function writeTogether(absolute: string, files: readonly OutputFile[], replaces: boolean): void {
  // The name has a dot, so that xinetd passes the folder over, and systemd knows no such unit.
  const staging = mkdtempSync(join(absolute, '.xcfg-'));
  try {
    for (const { name, content } of files) writeDurably(join(staging, name), content);
    publish(absolute, staging, files, replaces);
    syncFolder(absolute);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function writeDurably(path: string, content: Uint8Array): void {
  const descriptor = openSync(path, 'wx', 0o666);
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Puts completed files in place. What was there goes into the staging folder, and back if something fails. */
function publish(absolute: string, staging: string, files: readonly OutputFile[], replaces: boolean): void {
  const undo: (() => void)[] = [];
  try {
    for (const { name } of files) {
      const target = join(absolute, name);
      if (replaces && existsSync(target)) {
        const old = join(staging, `${name}.old`);
        renameSync(target, old);
        undo.push(() => renameSync(old, target));
      }
      // Unlike rename, link fails when somebody else has made the file in the meantime.
      linkSync(join(staging, name), target);
      undo.push(() => rmSync(target));
    }
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
}
