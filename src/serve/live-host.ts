import { accessSync, constants, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { etcFiles, tablesOf } from '../model/host/tables.ts';
import type { HostTables, ModelFiles } from '../model/host-tables.ts';
import type { Addon } from '../native/addon.ts';

/** The files of this machine, for the time of loading: these calls wait. */
export const liveFiles: ModelFiles = {
  read(path) {
    try {
      return { bytes: readFileSync(path) };
    } catch (error) {
      return { error: readErrors[(error as NodeJS.ErrnoException).code ?? ''] ?? 'other' };
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
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return 'missing';
    if (found.isFile()) return 'file';
    return found.isDirectory() ? 'directory' : 'other';
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

const readErrors: Readonly<Record<string, 'missing' | 'directory' | 'denied'>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EISDIR: 'directory',
  EACCES: 'denied',
};

/** The databases of this machine: files below /etc, but users and groups from the name service, as login has them. */
export function liveTables(addon: Addon): HostTables {
  const texts = etcFiles.map((name) => {
    const content = liveFiles.read(join('/etc', name));
    return [name, 'bytes' in content ? content.bytes.toString('latin1') : ''];
  });
  return {
    ...tablesOf(Object.fromEntries(texts)),
    user: (name) => addon.userByName(name) ?? undefined,
    userName: (uid) => addon.userById(uid)?.name,
    group: (name) => addon.groupByName(name) ?? undefined,
  };
}
