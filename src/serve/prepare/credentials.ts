import type { Service } from '../../model/service.ts';
import type { Group, User } from '../../native/user-types.ts';
import { type DaemonIdentity, isPrivileged } from './daemon-identity.ts';
import { type Refusal, refuseFor } from './refusal.ts';

/** Users and groups as the name service has them; may wait for the network, so for load time only. */
export interface UserDatabase {
  userByName(name: string): User | null;
  userById(uid: number): User | null;
  groupByName(name: string): Group | null;
  groupList(user: string, gid: number): readonly number[];
}

/** Who a server runs as; null keeps what the daemon has. */
export interface Credentials {
  readonly uid: number | null;
  readonly gid: number | null;
  readonly groups: readonly number[] | null;
}

/** Passwd and group may hold it; to the kernel it says that nothing changes. */
const nobodysNumber = 2 ** 32 - 1;
const noNumber = `the number ${nobodysNumber}, which stands for nobody`;

/**
 * user, group and groups of a server: the group given, else the user's own; supplementary groups only with groups = yes, then
 * all of the user's, else none.
 */
export function findCredentials(
  service: Service,
  daemon: DaemonIdentity,
  users: UserDatabase,
): Credentials | Refusal {
  const { user, group } = service;
  const account = service.groups && user !== null ? users.userById(user.id) : null;
  if (service.groups && user !== null && account === null) {
    return refuseFor(service, 'groups', `uid ${user.id} has no entry in passwd, so its groups are not known`);
  }
  if (user?.id === nobodysNumber) return refuseFor(service, 'user', `${user.name} has ${noNumber}`);
  const gid = group?.id ?? user?.gid ?? null;
  if (gid === nobodysNumber) {
    const [attribute, of] = group === null ? ['user', `the group of ${user?.name}`] : ['group', group.name];
    return refuseFor(service, attribute, `${of} has ${noNumber}`);
  }
  const groups = account !== null ? users.groupList(account.name, account.gid) : gid === null ? null : [];
  const wanted = { uid: user?.id ?? null, gid, groups };
  return isPrivileged(daemon) ? wanted : asTheDaemon(service, daemon, wanted);
}

/**
 * A daemon that is not root can only start servers as what it is, and does so where that is what the entry says. The numbers
 * are set all the same: with them go capabilities that the daemon may have been given.
 */
function asTheDaemon(service: Service, daemon: DaemonIdentity, wanted: Credentials): Credentials | Refusal {
  const { user, group } = service;
  if (user !== null && user.id !== daemon.uid) {
    return refuseFor(
      service,
      'user',
      `only root can start a server as ${user.name}, this is uid ${daemon.uid}`,
    );
  }
  if (wanted.gid !== null && wanted.gid !== daemon.gid) {
    return refuseFor(
      service,
      group === null ? 'user' : 'group',
      `only root can start a server as group ${group?.name ?? wanted.gid}, this is gid ${daemon.gid}`,
    );
  }
  if (
    wanted.groups !== null &&
    !isSameSet(besides(daemon.gid, wanted.groups), besides(daemon.gid, daemon.groups))
  ) {
    return refuseFor(
      service,
      'groups',
      `only root can change the groups of a server, and this process has ${listOf(besides(daemon.gid, daemon.groups))}`,
    );
  }
  return { uid: daemon.uid, gid: daemon.gid, groups: null };
}

/** The group of a process counts whether it is listed once more or not. */
function besides(gid: number, groups: readonly number[]): ReadonlySet<number> {
  return new Set(groups.filter((group) => group !== gid));
}

function isSameSet(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  return one.size === other.size && [...one].every((member) => other.has(member));
}

function listOf(groups: ReadonlySet<number>): string {
  return groups.size === 0 ? 'no others' : [...groups].join(', ');
}
