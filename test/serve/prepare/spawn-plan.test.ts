import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Service } from '../../../src/model/service.ts';
import type { SpawnPlan } from '../../../src/native/spawn-types.ts';
import type { UserDatabase } from '../../../src/serve/prepare/credentials.ts';
import type { DaemonIdentity } from '../../../src/serve/prepare/daemon-identity.ts';
import { buildSpawnPlan } from '../../../src/serve/prepare/spawn-plan.ts';
import { rootDaemon, userDaemon } from '../support/daemon-identity.ts';
import { makeService } from '../support/service.ts';

const ftp = { name: 'ftp', uid: 21, gid: 210, home: '/srv/ftp', shell: '/bin/false' };
const users: UserDatabase = {
  userByName: () => null,
  userById: (uid) => (uid === ftp.uid ? ftp : null),
  groupByName: () => null,
  groupList: (name, gid) => (name === ftp.name ? [gid, 300, 301] : []),
};
const asFtp = { user: { name: 'ftp', id: ftp.uid, gid: ftp.gid } };

function planOf(attributes: Partial<Service>, daemon: DaemonIdentity = rootDaemon): SpawnPlan {
  const plan = buildSpawnPlan(makeService(attributes), daemon, users);
  if (Array.isArray(plan)) assert.fail(plan.map(({ reason }) => reason).join('\n'));
  return plan;
}

function refusalsOf(attributes: Partial<Service>, daemon: DaemonIdentity): string[] {
  const plan = buildSpawnPlan(makeService(attributes), daemon, users);
  assert.ok(Array.isArray(plan), 'the plan should be refused');
  return plan.map(({ attribute, reason }) => `${attribute}: ${reason}`);
}

test('a server gets its user, the group of that user, and no other groups', () => {
  const { uid, gid, groups } = planOf(asFtp);
  assert.deepEqual({ uid, gid, groups }, { uid: 21, gid: 210, groups: [] });
});

test('group replaces the group of the user', () => {
  assert.equal(planOf({ ...asFtp, group: { name: 'daemon', id: 1 } }).gid, 1);
});

test('groups = yes gives the groups of the user, whatever group says', () => {
  const { gid, groups } = planOf({ ...asFtp, groups: true, group: { name: 'daemon', id: 1 } });
  assert.equal(gid, 1);
  assert.deepEqual(groups, [210, 300, 301]);
});

test('the groups of a user number without an entry in passwd cannot be known', () => {
  const stranger = { user: { name: '4711', id: 4711, gid: 4711 } };
  assert.equal(planOf(stranger).gid, 4711);
  assert.deepEqual(refusalsOf({ ...stranger, groups: true }, rootDaemon), [
    'groups: uid 4711 has no entry in passwd, so its groups are not known',
  ]);
});

test('a number that leaves things as they are is nobody', () => {
  const most = 4_294_967_295;
  const named = { user: { name: 'most', id: most, gid: 5 } };
  const reason = 'has the number 4294967295, which stands for nobody';
  assert.deepEqual(refusalsOf(named, rootDaemon), [`user: most ${reason}`]);
  assert.deepEqual(refusalsOf({ user: { name: 'most', id: 5, gid: most } }, rootDaemon), [
    `user: the group of most ${reason}`,
  ]);
  assert.deepEqual(refusalsOf({ ...asFtp, group: { name: 'most', id: most } }, rootDaemon), [
    `group: most ${reason}`,
  ]);
});

test('who is not root starts servers as himself only', () => {
  const { uid, gid, groups } = planOf({ user: { name: 'me', id: 1000, gid: 1000 } }, userDaemon);
  assert.deepEqual({ uid, gid, groups }, { uid: 1000, gid: 1000, groups: null });
  assert.deepEqual(refusalsOf(asFtp, userDaemon), [
    'user: only root can start a server as ftp, this is uid 1000',
  ]);
  assert.deepEqual(refusalsOf({ group: { name: 'daemon', id: 1 } }, userDaemon), [
    'group: only root can start a server as group daemon, this is gid 1000',
  ]);
});

test('a server of who is not root has the groups that the entry says, or is not started', () => {
  const me: UserDatabase = {
    ...users,
    userById: () => ({ name: 'me', uid: 1000, gid: 1000, home: '/', shell: '/bin/sh' }),
    groupList: () => [1000, 27],
  };
  const user = { name: 'me', id: 1000, gid: 1000 };
  const refusal = (attributes: Partial<Service>, daemon: Partial<DaemonIdentity>): string | null => {
    const plan = buildSpawnPlan(makeService({ user, ...attributes }), { ...userDaemon, ...daemon }, me);
    return Array.isArray(plan) ? plan.map(({ attribute, reason }) => `${attribute}: ${reason}`).join() : null;
  };
  assert.equal(refusal({}, { gid: 0 }), 'user: only root can start a server as group 1000, this is gid 0');
  assert.equal(refusal({ group: { name: 'root', id: 0 } }, { gid: 0, groups: [0] }), null);
  assert.equal(
    refusal({}, { groups: [1000, 27] }),
    'groups: only root can change the groups of a server, and this process has 27',
  );
  assert.equal(refusal({ groups: true }, { groups: [1000, 27] }), null);
  assert.equal(refusal({ groups: true }, { groups: [27] }), null);
  assert.equal(
    refusal({ groups: true }, {}),
    'groups: only root can change the groups of a server, and this process has no others',
  );
});

test('every reason is given, not only the first', () => {
  const refusals = refusalsOf({ ...asFtp, nice: -5, rlimits: { as: 5000 } }, userDaemon);
  assert.equal(refusals.length, 3);
});

test('passenv picks variables, env replaces in place and adds, REMOTE_HOST is for the client alone', () => {
  assert.deepEqual(planOf({ passenv: ['LANG'], env: ['X=1', 'LANG=de', 'REMOTE_HOST=lie'] }).env, [
    'LANG=de',
    'X=1',
  ]);
  assert.deepEqual(planOf({ passenv: [] }).env, []);
  assert.deepEqual(planOf({ passenv: ['NOSUCH'] }).env, []);
});

test('without passenv the environment of the daemon is passed', () => {
  assert.deepEqual(planOf({}).env, ['PATH=/usr/bin:/bin', 'LANG=C']);
});

test('limits come in the order of xinetd, soft as hard; files go back to what they were', () => {
  const { limits } = planOf({ rlimits: { cpu: 10, as: 1 << 30, stack: 'unlimited' } });
  assert.deepEqual(limits, [
    { resource: 'nofile', soft: 1024, hard: 4096 },
    { resource: 'as', soft: 1 << 30, hard: 1 << 30 },
    { resource: 'cpu', soft: 10, hard: 10 },
    { resource: 'stack', soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY },
  ]);
  assert.deepEqual(planOf({ rlimits: { files: 64 } }).limits, [{ resource: 'nofile', soft: 64, hard: 64 }]);
});

test('more files than the kernel has are as many as the daemon may have', () => {
  for (const files of ['unlimited', 2_000_000] as const) {
    for (const daemon of [rootDaemon, userDaemon]) {
      const user = { name: 'me', id: daemon.uid, gid: daemon.gid };
      const [limit] = planOf({ user, rlimits: { files } }, daemon).limits;
      assert.deepEqual(limit, { resource: 'nofile', soft: 4096, hard: 4096 });
    }
  }
  assert.deepEqual(planOf({ rlimits: { files: 1_000_000 } }).limits[0]?.hard, 1_000_000);
  assert.deepEqual(refusalsOf({ rlimits: { files: 5000 } }, userDaemon), [
    'rlimit_files: only root can raise it above 4096',
  ]);
});

test('an ordinary user may lower limits', () => {
  assert.equal(planOf({ rlimits: { as: 4096 } }, userDaemon).limits[1]?.hard, 4096);
});

test('umask is that of the entry, else that of the daemon', () => {
  assert.equal(planOf({ umask: 0o077 }).umask, 0o077);
  assert.equal(planOf({}).umask, 0o022);
});

test('a server runs in the root folder and in a session of its own', () => {
  const { cwd, setsid } = planOf({});
  assert.deepEqual({ cwd, setsid }, { cwd: '/', setsid: true });
});

test('a server path must be absolute', () => {
  assert.deepEqual(refusalsOf({ server: 'bin/true' }, rootDaemon), ['server: bin/true is no absolute path']);
});
