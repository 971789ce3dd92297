import type { ResourceLimit, ResourceName } from '../../native/spawn-types.ts';

/** What the daemon itself is and may, read once at start. */
export interface DaemonIdentity {
  readonly uid: number;
  readonly gid: number;
  /** Supplementary groups; the group itself may be among them. */
  readonly groups: readonly number[];
  /** Servers without `umask` get it. */
  readonly umask: number;
  /** The environment that passenv selects from; a character for each byte, here and in `envWords`. */
  readonly env: ReadonlyMap<string, string>;
  /** All of it, as a server gets it. */
  readonly envWords: readonly string[];
  /** The highest limit of open files that the kernel grants anybody. */
  readonly mostFiles: number;
  /** Limits as they were before the daemon raised its own: servers without rlimit_* get these. */
  readonly limits: (resource: ResourceName) => ResourceLimit;
}

/** Only root may change user, groups and hard limits; the rest of the rules follow from that. */
export function isPrivileged(daemon: DaemonIdentity): boolean {
  return daemon.uid === 0;
}
