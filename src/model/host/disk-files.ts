import {
  accessSync,
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { nameOnDisk, textOfBytes } from '../../text/bare-bytes.ts';
import type { ModelFiles, ReadError } from '../host-tables.ts';
import { pathBelow } from './path-below.ts';
import { pathFrom } from './path-from.ts';

/** Larger files are refused: no configuration is as large. */
const sizeLimit = 64 * 1024 * 1024;
const chunkSize = 64 * 1024;

export interface DiskFilesOptions {
  /** Where relative names lead; the working directory of the daemon at its start. */
  readonly directory: string;
  /** Stands for `/` in absolute names. */
  readonly root?: string | undefined;
}

/** The files of this machine, or those below another root, read within bounds. */
export function diskFiles({ directory, root }: DiskFilesOptions): ModelFiles {
  const locate = (name: string) =>
    root !== undefined && path.isAbsolute(name) ? pathBelow(root, name) : pathFrom(directory, name);
  return {
    read: (name) => readFile(locate(name)),
    list: (name) => listDirectory(locate(name)),
    kind: (name) => kindOf(locate(name)),
    identity: (name) => identityOf(locate(name)),
    isExecutable: (name) => isAllowed(locate(name), constants.X_OK),
  };
}

function readFile(name: string): ReturnType<ModelFiles['read']> {
  let descriptor: number | undefined;
  try {
    // Without O_NONBLOCK a FIFO that an include names would be waited for.
    descriptor = openSync(nameOnDisk(name), constants.O_RDONLY | constants.O_NONBLOCK);
    const status = fstatSync(descriptor);
    if (status.isDirectory()) return { error: 'directory' };
    return status.isFile() ? readBounded(descriptor, status.size) : { error: specialKind(status) };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { error: readErrors[error.code ?? ''] ?? 'other' };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** What is no file may never end, or never begin. */
function specialKind(status: Stats): ReadError {
  if (status.isFIFO()) return 'pipe';
  return status.isCharacterDevice() || status.isBlockDevice() ? 'device' : 'other';
}

const readErrors: Readonly<Record<string, ReadError>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EACCES: 'denied',
  EMFILE: 'exhausted',
  ENFILE: 'exhausted',
};

/** Reads to the end, which may be further than the size said: files below /proc have none. */
function readBounded(descriptor: number, size: number): ReturnType<ModelFiles['read']> {
  const chunks: Buffer[] = [];
  let total = 0;
  for (let room = Math.min(size, sizeLimit) + 1; ; room = chunkSize) {
    const chunk = Buffer.allocUnsafe(room);
    const count = readSync(descriptor, chunk);
    chunks.push(chunk.subarray(0, count));
    total += count;
    if (total > sizeLimit) return { error: 'too-large' };
    if (count < room && (count === 0 || total >= size)) break;
  }
  return { bytes: chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks, total) };
}

function listDirectory(name: string): readonly string[] | undefined {
  try {
    return readdirSync(nameOnDisk(name), 'buffer').map(textOfBytes);
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

function kindOf(name: string): ReturnType<ModelFiles['kind']> {
  const status = statusOf(name);
  if (status === undefined) return 'missing';
  return status.isFile() ? 'file' : status.isDirectory() ? 'directory' : 'other';
}

function identityOf(name: string): string | undefined {
  const status = statusOf(name);
  return status === undefined ? undefined : `${status.dev}:${status.ino}`;
}

function statusOf(name: string): BigIntStats | undefined {
  try {
    return statSync(nameOnDisk(name), { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    // A name through a file, or one that holds a NUL byte.
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

function isAllowed(name: string, mode: number): boolean {
  try {
    accessSync(nameOnDisk(name), mode);
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}
