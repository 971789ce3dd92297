import { readTables } from '../model/host/disk-tables.ts';
import type { HostTables, ModelFiles } from '../model/host-tables.ts';
import type { UserDatabase } from './prepare/credentials.ts';

/** The databases of this machine: files below /etc, but users and groups from the name service, as login has them. */
export function liveTables(users: UserDatabase, files: ModelFiles): HostTables {
  return {
    ...readTables('/etc', files),
    user: (name) => users.userByName(name) ?? undefined,
    userName: (uid) => users.userById(uid)?.name,
    group: (name) => users.groupByName(name) ?? undefined,
  };
}
