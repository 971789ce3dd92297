import { readTables } from '../model/host/disk-tables.ts';
import type { HostTables, ModelFiles } from '../model/host-tables.ts';
import type { Addon } from '../native/addon.ts';

/** The databases of this machine: files below /etc, but users and groups from the name service, as login has them. */
export function liveTables(addon: Addon, files: ModelFiles): HostTables {
  return {
    ...readTables('/etc', files),
    user: (name) => addon.userByName(name) ?? undefined,
    userName: (uid) => addon.userById(uid)?.name,
    group: (name) => addon.groupByName(name) ?? undefined,
  };
}
