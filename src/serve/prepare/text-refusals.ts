import type { HostTables } from '../../model/host-tables.ts';
import type { Service } from '../../model/service.ts';
import type { UserDatabase } from './credentials.ts';
import type { DaemonIdentity } from './daemon-identity.ts';
import { type PreparationHost, prepareServices } from './prepare-service.ts';
import type { Refusal } from './refusal.ts';
import type { HostRules } from './unenforced.ts';

/** What decides about a configuration that may be for another machine. */
export interface DescribedHost {
  readonly tables: HostTables;
  readonly rules: HostRules;
}

/**
 * Why a service would not be started, as `--check` says it to root: what the process that asks may do, and which files
 * this machine has, do not count.
 */
export async function findTextRefusals(service: Service, host: DescribedHost): Promise<readonly Refusal[]> {
  const { refusals } = await prepareServices([service], preparationHost(host));
  return refusals;
}

function preparationHost({ tables, rules }: DescribedHost): PreparationHost {
  return {
    tables,
    rules,
    users: usersOf(tables),
    daemon: root,
    files: { read: () => ({ error: 'missing' }) },
    logs: { targetOf: async () => null },
    log: { write: () => {} },
  };
}

const unlimited = { soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY };

const root: DaemonIdentity = {
  uid: 0,
  gid: 0,
  groups: [],
  umask: 0o022,
  env: new Map(),
  envWords: [],
  mostFiles: Number.POSITIVE_INFINITY,
  limits: () => unlimited,
};

function usersOf(tables: HostTables): UserDatabase {
  const userByName: UserDatabase['userByName'] = (name) => {
    const user = tables.user(name);
    return user === undefined ? null : { ...user, name, home: '', shell: '' };
  };
  return {
    userByName,
    userById: (uid) => userByName(tables.userName(uid) ?? ''),
    groupByName: (name) => {
      const group = tables.group(name);
      return group === undefined ? null : { ...group, name, members: [] };
    },
    groupList: (_user, gid) => [gid],
  };
}
