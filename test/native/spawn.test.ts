import assert from 'node:assert/strict';
import { closeSync, fstatSync, openSync, readFileSync, readlinkSync } from 'node:fs';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  compileProbe,
  listenOnLoopback,
  parseProbe,
  RunningAddon,
  readAll,
  scratchFolder,
  withoutAddon,
  withoutRoot,
} from './harness.ts';

const skip = withoutAddon;

const probe = compileProbe('probe');

/** What a probe says that was started with this plan. */
async function facts(
  running: RunningAddon,
  folder: string,
  plan: Omit<Parameters<RunningAddon['plan']>[0], 'path'>,
  env: readonly string[] = [],
): Promise<Map<string, string[]>> {
  return parseProbe(await running.output(running.plan({ path: probe, ...plan }), folder, env));
}

test('a connection becomes descriptors 0, 1 and 2 and nothing else is open', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const { addon } = running;
  // Would reach the server if it were not closed.
  const inherited = addon.duplicate(0, 50);
  addon.setCloseOnExec(inherited, false);
  const listener = addon.openSocket({
    family: 'inet',
    type: 'stream',
    address: '127.0.0.1',
    noDelay: true,
    keepAlive: true,
    receiveBuffer: 50_000,
  });
  addon.watch(listener.fd, 'accept');
  const plan = running.plan({ path: probe, argv: ['in.probed', '-l', 'two words'], env: ['A=1', 'B=x y'] });
  const answer = readAll(listener.name.port);
  const { fd, peer } = await running.wait('accepted');
  assert.ok(
    addon.spawn({ plan, token: 7, stdio: [fd, fd, fd], close: fd, env: [`REMOTE_HOST=${peer.address}`] }),
  );
  const told = parseProbe(await answer);
  assert.deepEqual(told.get('argv'), ['in.probed', '-l', 'two words']);
  assert.deepEqual(told.get('env'), ['A=1', 'B=x y', 'REMOTE_HOST=127.0.0.1']);
  assert.deepEqual(told.get('fds'), ['0 1 2']);
  assert.deepEqual(told.get('nodelay'), ['1']);
  assert.deepEqual(told.get('keepalive'), ['1']);
  assert.deepEqual(told.get('rcvbuf'), ['100000']); // the kernel doubles it
  const spawned = await running.wait('spawned');
  assert.equal(spawned.token, 7);
  const exited = await running.wait('exited');
  assert.deepEqual([exited.pid, exited.status, exited.signal], [spawned.pid, 0, null]);
  assert.ok(exited.cpuMicros > 0);
  assert.throws(() => fstatSync(fd), { code: 'EBADF' });
  addon.close(inherited);
  addon.close(listener.fd);
});

test('the same on an old kernel', { skip }, async (t) => {
  const running = new RunningAddon(t, { oldKernel: true });
  const inherited = running.addon.duplicate(0, 50);
  running.addon.setCloseOnExec(inherited, false);
  const told = await facts(running, scratchFolder(t), {});
  assert.deepEqual(told.get('fds'), ['0 1 2']);
  running.addon.close(inherited);
});

test('with many descriptors open too', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const { addon } = running;
  const many = Array.from({ length: 300 }, () => addon.duplicate(0, 3));
  for (const fd of many) addon.setCloseOnExec(fd, false);
  const told = await facts(running, scratchFolder(t), {});
  assert.deepEqual(told.get('fds'), ['0 1 2']);
  for (const fd of many) addon.close(fd);
});

test('a listener is handed over open, blocking and listening', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const { addon } = running;
  const listener = listenOnLoopback(t);
  const folder = scratchFolder(t);
  const output = openSync(join(folder, 'output'), 'w+');
  addon.watch(listener.fd, 'ready');
  const plan = running.plan({ path: probe });
  addon.spawn({ plan, token: 0, stdio: [listener.fd, output, output], close: -1, env: [] });
  await running.wait('exited');
  closeSync(output);
  assert.deepEqual(addon.socketInfo(listener.fd).listening, true);
});

test('descriptors in any order, and /dev/null for none', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const output = join(scratchFolder(t), 'output');
  const file = openSync(output, 'w');
  const script = 'links=$(readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2); echo "$links" >&2';
  const plan = running.plan({ path: '/bin/sh', argv: ['sh', '-c', script] });
  running.addon.spawn({ plan, token: 0, stdio: [2, -1, file], close: -1, env: [] });
  await running.wait('exited');
  closeSync(file);
  assert.equal(readFileSync(output, 'utf8'), `${readlinkSync('/proc/self/fd/2')}\n/dev/null\n${output}\n`);
});

test('working directory, umask, session and signals', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const folder = scratchFolder(t);
  const handler = () => {};
  process.on('SIGUSR2', handler);
  const told = await facts(running, folder, { cwd: folder, umask: 0o027, setsid: true });
  process.off('SIGUSR2', handler);
  assert.deepEqual(told.get('cwd'), [folder]);
  assert.deepEqual(told.get('umask'), ['027']);
  assert.deepEqual(told.get('session'), ['own']);
  for (const mask of ['SigBlk', 'SigIgn', 'SigCgt'])
    assert.deepEqual(told.get(mask), ['0000000000000000'], mask);
});

test('what a plan leaves open stays as the daemon has it', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const own = running.addon.getResourceLimit('nofile');
  const told = await facts(running, scratchFolder(t), { setsid: false });
  assert.deepEqual(told.get('session'), ['inherited']);
  assert.deepEqual(told.get('umask'), [process.umask().toString(8).padStart(3, '0')]);
  assert.deepEqual(told.get('nice'), [`${getPriority()}`]);
  assert.deepEqual(told.get('limit_nofile'), [`${own.soft} ${own.hard}`]);
  assert.equal(told.get('env'), undefined);
});

test('limits and niceness', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const told = await facts(running, scratchFolder(t), {
    nice: 3,
    limits: [
      { resource: 'nofile', soft: 5, hard: 50 },
      { resource: 'cpu', soft: 60, hard: 60 },
      { resource: 'core', soft: 0, hard: 0 },
      { resource: 'as', soft: 2 ** 33, hard: Number.POSITIVE_INFINITY },
    ],
  });
  assert.deepEqual(told.get('nice'), [`${Math.min(getPriority() + 3, 19)}`]);
  assert.deepEqual(told.get('limit_nofile'), ['5 50']);
  assert.deepEqual(told.get('limit_cpu'), ['60 60']);
  assert.deepEqual(told.get('limit_core'), ['0 0']);
  assert.deepEqual(told.get('limit_as'), [`${2 ** 33} -1`]);
});

test('user, group and groups; nothing is left of root', { skip: withoutRoot }, async (t) => {
  const running = new RunningAddon(t);
  const told = await facts(running, scratchFolder(t), {
    uid: 12_345,
    gid: 23_456,
    groups: [7, 34_567],
    nice: -5,
    limits: [{ resource: 'nofile', soft: 30, hard: 30 }],
  });
  assert.deepEqual(told.get('Uid'), ['12345\t12345\t12345\t12345']);
  assert.deepEqual(told.get('Gid'), ['23456\t23456\t23456\t23456']);
  assert.deepEqual(told.get('Groups'), ['7 34567 ']);
  assert.deepEqual(told.get('CapEff'), ['0000000000000000']);
  assert.deepEqual(told.get('CapAmb'), ['0000000000000000']);
  assert.deepEqual(told.get('nice'), [`${getPriority() - 5}`]);
  assert.deepEqual(told.get('limit_nofile'), ['30 30']);
});

test('groups can be cleared or kept', { skip: withoutRoot }, async (t) => {
  const running = new RunningAddon(t);
  const folder = scratchFolder(t);
  const before = process.getgroups?.() ?? [];
  process.setgroups?.([11, 22]);
  t.after(() => process.setgroups?.(before));
  assert.deepEqual((await facts(running, folder, { groups: null })).get('Groups'), ['11 22 ']);
  assert.deepEqual((await facts(running, folder, { groups: [] })).get('Groups'), ['']);
});

test('a plan is checked when it is compiled', { skip }, (t) => {
  const running = new RunningAddon(t);
  const wrong: [object, { code?: string; name?: string }][] = [
    [{ path: 'relative' }, { code: 'EINVAL' }],
    [{ path: '/a\0b' }, { code: 'EINVAL' }],
    [{ path: '/a', argv: [] }, { code: 'EINVAL' }],
    [{ path: '/a', argv: ['a\0'] }, { code: 'EINVAL' }],
    [{ path: '/a', env: [1] }, { name: 'TypeError' }],
    [{ path: '/a', cwd: 'x' }, { code: 'EINVAL' }],
    [{ path: '/a', uid: -1 }, { name: 'TypeError' }],
    [{ path: '/a', uid: 2 ** 32 - 1 }, { name: 'TypeError' }],
    [{ path: '/a', gid: 1.5 }, { name: 'TypeError' }],
    [{ path: '/a', groups: ['x'] }, { name: 'TypeError' }],
    [{ path: '/a', limits: [{ resource: 'files', soft: 1, hard: 1 }] }, { name: 'TypeError' }],
    [{ path: '/a', limits: [{ resource: 'nofile', soft: -1, hard: 1 }] }, { name: 'TypeError' }],
  ];
  for (const [plan, expected] of wrong)
    assert.throws(() => running.plan(plan as { path: string }), expected, JSON.stringify(plan));
});

test('a released plan is gone, but not under a queued start', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const plan = running.plan({ path: probe });
  assert.ok(running.spawn(plan));
  running.addon.releasePlan(plan);
  await running.wait('exited');
  assert.throws(() => running.spawn(plan), { code: 'ENOENT', syscall: 'spawn' });
  assert.throws(() => running.addon.releasePlan(plan), { code: 'ENOENT' });
});

test('a full queue refuses a start and keeps the rest', { skip }, async (t) => {
  const running = new RunningAddon(t, { spawnQueue: 8, spawners: 1 });
  const plan = running.plan({ path: probe });
  let queued = 0;
  let refused = 0;
  for (let i = 0; i < 100; i++) {
    if (running.spawn(plan)) queued++;
    else refused++;
  }
  assert.ok(queued >= 8 && refused > 0, `${queued} queued, ${refused} refused`);
  await running.wait('exited', queued);
  assert.equal(running.of('spawned').length, queued);
});

test('extra words are bounded and free of NUL', { skip }, (t) => {
  const running = new RunningAddon(t);
  const plan = running.plan({ path: probe });
  const request = { plan, token: 0, stdio: [-1, -1, -1], close: -1 } as const;
  assert.throws(() => running.addon.spawn({ ...request, env: Array(17).fill('A=b') }), { code: 'E2BIG' });
  assert.throws(() => running.addon.spawn({ ...request, env: ['A=\0'] }), { code: 'EINVAL' });
});
