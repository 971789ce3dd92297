import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, relative } from 'node:path';
import { nameOnDisk } from '../text/bare-bytes.ts';
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
  const isNew = !existsSync(nameOnDisk(absolute));
  try {
    makeFolder(absolute);
    refuseTaken(path, absolute, files, replaces);
    withSignalsHeld(() => writeTogether(absolute, files, replaces));
  } catch (error) {
    if (isNew && existsSync(nameOnDisk(absolute)))
      rmSync(nameOnDisk(absolute), { recursive: true, force: true });
    if (!isSystemError(error)) throw error;
    throw new FileError(nameOf(error, path, absolute), `cannot write: ${systemReason(error)}`);
  }
}

/** The file as the user would name it; of a folder that could not be made the folder itself. */
function nameOf(error: NodeJS.ErrnoException, path: string, absolute: string): string {
  const inside = relative(absolute, error.path ?? absolute);
  return inside === '' || inside.startsWith('..') ? path : join(path, basename(inside));
}

/**
 * What keeps files from being written: those that are there already, and folders of their names in any case.
 * @throws FileError
 */
export function refuseTaken(
  path: string,
  absolute: string,
  files: readonly OutputFile[],
  replaces: boolean,
): void {
  const taken = files.filter(({ name }) => isThere(join(absolute, name)));
  const folder = taken.find(({ name }) => lstatSync(nameOnDisk(join(absolute, name))).isDirectory());
  if (folder !== undefined) throw new FileError(join(path, folder.name), 'is a folder');
  const [first, ...others] = replaces ? [] : taken;
  if (first === undefined) return;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  throw new FileError(join(path, first.name), `is there already${more}; --force replaces what is there`);
}

/** A link that leads nowhere has its name, too. */
function isThere(path: string): boolean {
  return lstatSync(nameOnDisk(path), { throwIfNoEntry: false }) !== undefined;
}

/** Signals that end a program; what they would leave half done takes no longer than to finish it. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function withSignalsHeld(work: () => void): void {
  const hold = () => {};
  for (const signal of endings) process.on(signal, hold);
  try {
    work();
  } finally {
    for (const signal of endings) process.off(signal, hold);
  }
}

function writeTogether(absolute: string, files: readonly OutputFile[], replaces: boolean): void {
  // The name has a dot, so that xinetd passes the folder over, and systemd knows no such unit.
  const staging = join(absolute, `.xcfg-${randomUUID()}`);
  mkdirSync(nameOnDisk(staging), 0o700);
  try {
    for (const { name, content } of files) writeDurably(join(staging, name), content);
    publish(absolute, staging, files, replaces);
    syncFolder(absolute);
  } finally {
    rmSync(nameOnDisk(staging), { recursive: true, force: true });
  }
}

function writeDurably(path: string, content: Uint8Array): void {
  const descriptor = openSync(nameOnDisk(path), 'wx', 0o666);
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
      if (replaces && isThere(target)) {
        const old = join(staging, `${name}.old`);
        renameSync(nameOnDisk(target), nameOnDisk(old));
        undo.push(() => renameSync(nameOnDisk(old), nameOnDisk(target)));
      }
      // Unlike rename, link fails when somebody else has made the file in the meantime.
      linkSync(nameOnDisk(join(staging, name)), nameOnDisk(target));
      undo.push(() => rmSync(nameOnDisk(target)));
    }
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
}
