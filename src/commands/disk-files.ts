import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import type { ModelFiles } from '../model/host-tables.ts';
import { FileError } from './file-error.ts';
import { readBounded } from './input.ts';

/** The files of this machine, read within bounds. */
export const diskFiles: ModelFiles = {
  read(path) {
    const kind = diskFiles.kind(path);
    if (kind === 'missing') return { error: 'missing' };
    if (kind === 'directory') return { error: 'directory' };
    // A device or FIFO that an include names would never end, or never begin.
    if (kind === 'other') return { error: 'other' };
    try {
      return { bytes: readBounded(path, path) };
    } catch (error) {
      if (error instanceof FileError) return { error: 'denied' };
      throw error;
    }
  },
  list(path) {
    try {
      return readdirSync(path);
    } catch {
      return undefined;
    }
  },
  kind(path) {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status === undefined) return 'missing';
    return status.isFile() ? 'file' : status.isDirectory() ? 'directory' : 'other';
  },
  isExecutable(path) {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  },
};
