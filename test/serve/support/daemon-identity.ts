import type { DaemonIdentity } from '../../../src/serve/prepare/daemon-identity.ts';

/** A daemon that runs as root. */
export const rootDaemon: DaemonIdentity = {
  uid: 0,
  gid: 0,
  groups: [0],
  umask: 0o022,
  env: new Map([
    ['PATH', '/usr/bin:/bin'],
    ['LANG', 'C'],
  ]),
  envWords: ['PATH=/usr/bin:/bin', 'LANG=C'],
  mostFiles: 1_048_576,
  limits: () => ({ soft: 1024, hard: 4096 }),
};

/** A daemon that an ordinary user started. */
export const userDaemon: DaemonIdentity = { ...rootDaemon, uid: 1000, gid: 1000, groups: [1000] };
