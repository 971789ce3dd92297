import { accessSync, closeSync, constants, openSync, readdirSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ModelFiles } from '../host-tables.ts';

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
    root !== undefined && path.isAbsolute(name) ? path.join(root, name) : path.resolve(directory, name);
  return {
    read: (name) => readFile(locate(name)),
    list: (name) => listDirectory(locate(name)),
    kind: (name) => kindOf(locate(name)),
    isExecutable: (name) => isAllowed(locate(name), constants.X_OK),
  };
}

function readFile(name: string): ReturnType<ModelFiles['read']> {
  const kind = kindOf(name);
  if (kind === 'missing' || kind === 'directory') return { error: kind };
  // A device or FIFO that an include names would never end, or never begin.
  if (kind === 'other') return { error: 'other' };
  let descriptor: number | undefined;
  try {
    descriptor = openSync(name, 'r');
    return readBounded(descriptor);
  } catch (error) {
    return { error: isSystemError(error) && error.code === 'EACCES' ? 'denied' : 'other' };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function readBounded(descriptor: number): ReturnType<ModelFiles['read']> {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(chunkSize);
    const count = readSync(descriptor, chunk);
    if (count === 0) return { bytes: Buffer.concat(chunks, total) };
    chunks.push(chunk.subarray(0, count));
    total += count;
    if (total > sizeLimit) return { error: 'other' };
  }
}

function listDirectory(name: string): readonly string[] | undefined {
  try {
    return readdirSync(name);
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

function kindOf(name: string): ReturnType<ModelFiles['kind']> {
  try {
    const status = statSync(name, { throwIfNoEntry: false });
    if (status === undefined) return 'missing';
    return status.isFile() ? 'file' : status.isDirectory() ? 'directory' : 'other';
  } catch (error) {
    // A name through a file, or one that holds a NUL byte.
    if (isSystemError(error)) return 'missing';
    throw error;
  }
}

function isAllowed(name: string, mode: number): boolean {
  try {
    accessSync(name, mode);
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}
