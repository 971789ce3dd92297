import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FileError } from './file-error.ts';
import { isSystemError, systemReason } from './system-error.ts';

export interface WriteOptions {
  /** What the file held when it was read; it is left alone when it holds something else by now. */
  readonly expected?: Uint8Array;
}

/**
 * Replaces a file, or makes a new one: at any moment the name stands for the whole old or the whole new content.
 * Mode and owner are kept; a symbolic link stays and its target is replaced; hard links are separated.
 * @throws FileError when it could not be written; the old content is untouched then
 */
export async function writeFileAtomically(
  path: string,
  content: Uint8Array,
  options: WriteOptions = {},
): Promise<void> {
  try {
    const target = await resolveTarget(path);
    const before = await stat(target).catch(missing);
    if (before !== undefined && !before.isFile()) throw new FileError(path, 'not a regular file');
    await refuseChanged(path, target, options.expected);
    await replace(path, target, content, before);
  } catch (error) {
    throw isSystemError(error) ? new FileError(path, `cannot write: ${systemReason(error)}`) : error;
  }
}

/** The file behind a symbolic link; a name that does not exist yet is its own target. */
async function resolveTarget(path: string): Promise<string> {
  const status = await lstat(path).catch(missing);
  return status === undefined ? join(await realpath(dirname(path)), basename(path)) : await realpath(path);
}

async function refuseChanged(path: string, target: string, expected: Uint8Array | undefined): Promise<void> {
  if (expected === undefined) return;
  const found = await readFile(target).catch(missing);
  if (found === undefined || Buffer.compare(found, expected) !== 0) throw changedUnderneath(path);
}

async function replace(
  path: string,
  target: string,
  content: Uint8Array,
  before: Stats | undefined,
): Promise<void> {
  // The name has a dot: a daemon that reads the folder at this moment passes the file over.
  const name = `.${basename(target)}.${randomBytes(6).toString('hex')}`;
  const temporary = join(dirname(target), name);
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const mode = before === undefined ? 0o666 : 0o600;
  const file = await open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
  try {
    try {
      await file.writeFile(content);
      if (before !== undefined) await copyOwnerAndMode(file, before);
      await file.sync();
    } finally {
      await file.close();
    }
    const now = await stat(target).catch(missing);
    if (now?.ino !== before?.ino || now?.mtimeMs !== before?.mtimeMs) throw changedUnderneath(path);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(target));
}

/** The owner first: a change of owner takes away set-id bits. */
async function copyOwnerAndMode(file: FileHandle, before: Stats): Promise<void> {
  const made = await file.stat();
  if (made.uid !== before.uid || made.gid !== before.gid) await file.chown(before.uid, before.gid);
  await file.chmod(before.mode & 0o7777);
}

/** Makes the new name durable; without it a crash could bring the old file back, which is no harm, but a surprise. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function changedUnderneath(path: string): FileError {
  return new FileError(path, 'changed by someone else in the meantime, left as it is');
}

function missing(error: unknown): undefined {
  if (isSystemError(error) && error.code === 'ENOENT') return undefined;
  throw error;
}
