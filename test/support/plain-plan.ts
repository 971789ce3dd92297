import type { SpawnPlan } from '../../src/native/spawn-types.ts';

/** A plan that starts a program as this process is: nothing of its own is asked for. */
export const plainPlan: Omit<SpawnPlan, 'path' | 'argv'> = {
  env: [],
  cwd: '/',
  uid: null,
  gid: null,
  groups: null,
  umask: null,
  nice: null,
  limits: [],
  setsid: true,
};
