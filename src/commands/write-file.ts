import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { nameOnDisk, textOfBytes } from '../text/bare-bytes.ts';
import { FileError } from './file-error.ts';
import { syncFolder } from './sync-folder.ts';
import { isSystemError, systemReason } from './system-error.ts';

export interface WriteOptions {
  /** What a relative name is relative to; messages name the file as it was given. */
  readonly cwd?: string;
  /** What the file held when it was read; it is left alone when it holds something else by now. */
  readonly expected?: Uint8Array;
}

/**
 * Replaces a file, or makes a new one: at any moment the name stands for the whole old or the whole new content.
 * Mode and owner are kept; a symbolic link stays and its target is replaced; hard links are separated.
 * @throws FileError when it could not be written; the old content is untouched then
 */
export function writeFileAtomically(path: string, content: Uint8Array, options: WriteOptions = {}): void {
  try {
    const target = resolveTarget(resolve(options.cwd ?? '.', path));
    const before = statSync(nameOnDisk(target), { throwIfNoEntry: false });
    if (before !== undefined && !before.isFile()) throw new FileError(path, 'not a regular file');
    refuseChanged(
      path,
      before === undefined ? undefined : readFileSync(nameOnDisk(target)),
      options.expected,
    );
    replace(path, target, content, before);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    // Root gets this where permissions are in order, and wonders.
    const hint = error.code === 'EPERM' ? '; perhaps the file is immutable (lsattr shows it)' : '';
    throw new FileError(path, `cannot write: ${systemReason(error)}${hint}`);
  }
}

/** The file behind a symbolic link; a name that does not exist yet is its own target. */
function resolveTarget(path: string): string {
  const exists = lstatSync(nameOnDisk(path), { throwIfNoEntry: false }) !== undefined;
  return exists ? realPath(path) : join(realPath(dirname(path)), basename(path));
}

/** The other realpath of Node takes names for UTF-8. */
function realPath(path: string): string {
  return textOfBytes(realpathSync.native(nameOnDisk(path), 'buffer'));
}

function refuseChanged(path: string, found: Buffer | undefined, expected: Uint8Array | undefined): void {
  if (expected === undefined) return;
  if (found === undefined || Buffer.compare(found, expected) !== 0) throw changedUnderneath(path);
}

function replace(path: string, target: string, content: Uint8Array, before: Stats | undefined): void {
  const { temporary, descriptor } = openTemporary(target, before === undefined ? 0o666 : 0o600);
  try {
    try {
      writeFileSync(descriptor, content);
      if (before !== undefined) copyOwnerAndMode(descriptor, before);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    const now = statSync(nameOnDisk(target), { throwIfNoEntry: false });
    if (now?.ino !== before?.ino || now?.mtimeMs !== before?.mtimeMs) throw changedUnderneath(path);
    renameSync(nameOnDisk(temporary), nameOnDisk(target));
  } catch (error) {
    rmSync(nameOnDisk(temporary), { force: true });
    throw error;
  }
  syncFolder(dirname(target));
}

/**
 * Makes a new file beside the target; one that a crashed run left behind is passed over. The name has a dot, so that a
 * daemon which reads the folder at this moment does not take the file for one of its own.
 */
function openTemporary(target: string, mode: number): { temporary: string; descriptor: number } {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  for (let attempt = 0; ; attempt++) {
    const temporary = join(dirname(target), `.${basename(target)}.${process.pid}-${attempt}`);
    try {
      return {
        temporary,
        descriptor: openSync(nameOnDisk(temporary), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode),
      };
    } catch (error) {
      if (!isSystemError(error) || error.code !== 'EEXIST' || attempt === 100) throw error;
    }
  }
}

/** The owner first: a change of owner takes away set-id bits. */
function copyOwnerAndMode(descriptor: number, before: Stats): void {
  const made = fstatSync(descriptor);
  if (made.uid !== before.uid || made.gid !== before.gid) fchownSync(descriptor, before.uid, before.gid);
  fchmodSync(descriptor, before.mode & 0o7777);
}

function changedUnderneath(path: string): FileError {
  return new FileError(path, 'changed by someone else in the meantime, left as it is');
}
