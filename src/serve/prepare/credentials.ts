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

/**
 * user, group and groups of a server: the group given, else the user's own; supplementary groups only with groups = yes, then
 * all of the user's, else none. A daemon that is not root can only start servers as itself.
 */
export function findCredentials(
  service: Service,
  daemon: DaemonIdentity,
  users: UserDatabase,
): Credentials | Refusal {
  const { user, group } = service;
  if (!isPrivileged(daemon)) return keepCredentials(service, daemon);
  const account = user === null ? null : users.userById(user.id);
  if (service.groups && user !== null && account === null) {
    return refuseFor(service, 'groups', `uid ${user.id} has no entry in passwd, so its groups are not known`);
  }
  // A number without an entry in passwd is its own group, as in xinetd.
  const gid = group?.id ?? account?.gid ?? user?.id ?? null;
  const all = service.groups && account !== null;
  return {
    uid: user?.id ?? null,
    gid,
    groups: all ? users.groupList(account.name, account.gid) : gid === null ? null : [],
  };
}

function keepCredentials(service: Service, daemon: DaemonIdentity): Credentials | Refusal {
  const { user, group } = service;
  if (user !== null && user.id !== daemon.uid) {
    return refuseFor(
      service,
      'user',
      `only root can start a server as ${user.name}, this is uid ${daemon.uid}`,
    );
  }
  if (group !== null && group.id !== daemon.gid) {
    return refuseFor(
      service,
      'group',
      `only root can start a server as group ${group.name}, this is gid ${daemon.gid}`,
    );
  }
  return { uid: null, gid: null, groups: null };
}
