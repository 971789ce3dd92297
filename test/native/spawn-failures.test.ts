import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, fstatSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  addonFile,
  asRoot,
  compileProbe,
  RunningAddon,
  scratchFolder,
  withoutAddon,
  withoutRoot,
} from './harness.ts';
import { childPids, killIfThere, stuckProgram } from './stuck-program.ts';

const skip = withoutAddon;
const probe = compileProbe('probe');

/** What comes back for a plan that cannot work: `step code`. */
async function failureOf(running: RunningAddon, plan: Parameters<RunningAddon['plan']>[0]): Promise<string> {
  const count = running.of('spawn-failed').length + 1;
  running.spawn(running.plan(plan), count);
  const { step, code, token } = await running.wait('spawn-failed', count);
  assert.equal(token, count);
  return `${step} ${code}`;
}

test('each step that fails comes back with its errno', { skip }, async (t) => {
  const others = childPids();
  const running = new RunningAddon(t);
  const folder = scratchFolder(t);
  const write = (name: string, text: string, mode: number): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  };
  const failures: [Parameters<RunningAddon['plan']>[0], string][] = [
    [{ path: '/no/such/server' }, 'exec ENOENT'],
    [{ path: folder }, 'exec EACCES'],
    [{ path: write('plain', 'x', 0o644) }, 'exec EACCES'],
    [{ path: write('text', 'no interpreter', 0o755) }, 'exec ENOEXEC'],
    [{ path: write('script', '#!/no/such/interpreter\n', 0o755) }, 'exec ENOENT'],
    [{ path: `${probe}/x` }, 'exec ENOTDIR'],
    [{ path: probe, argv: [probe, 'x'.repeat(200_000)] }, 'exec E2BIG'],
    [{ path: probe, cwd: '/no/such/folder' }, 'cwd ENOENT'],
    [{ path: probe, limits: [{ resource: 'nofile', soft: 2, hard: 1 }] }, 'rlimit EINVAL'],
  ];
  for (const [plan, expected] of failures) assert.equal(await failureOf(running, plan), expected, plan.path);
  // Nothing of them is left, and nothing was reported as ended.
  assert.deepEqual(childPids(), others);
  assert.equal(running.events.length, failures.length);
});

test('a wrong descriptor', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const plan = running.plan({ path: probe });
  running.addon.spawn({ plan, token: 1, stdio: [9999, 9999, 9999], close: -1, env: [] });
  const { step, code } = await running.wait('spawn-failed');
  assert.deepEqual([step, code], ['stdio', 'EBADF']);
});

test('after a failure the connection is still the caller’s', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const fd = openSync('/dev/null', 'r');
  const plan = running.plan({ path: '/no/such/server' });
  running.addon.spawn({ plan, token: 1, stdio: [fd, fd, fd], close: fd, env: [] });
  await running.wait('spawn-failed');
  assert.ok(fstatSync(fd).isCharacterDevice());
  closeSync(fd);
});

test('a process without privileges cannot become somebody else', { skip: asRoot }, async (t) => {
  const running = new RunningAddon(t);
  assert.equal(await failureOf(running, { path: probe, groups: [] }), 'groups EPERM');
  assert.equal(await failureOf(running, { path: probe, gid: 1 }), 'gid EPERM');
  assert.equal(await failureOf(running, { path: probe, uid: 1 }), 'uid EPERM');
  assert.equal(await failureOf(running, { path: probe, nice: -5 }), 'nice EACCES');
});

test('a user who may have no more processes: exec fails', { skip: withoutRoot }, async (t) => {
  const running = new RunningAddon(t);
  const nobodyElse = { uid: 54_321, gid: 54_321 };
  running.spawn(running.plan({ path: '/bin/sleep', argv: ['sleep', '60'], ...nobodyElse }));
  const { pid } = await running.wait('spawned');
  const limits = [{ resource: 'nproc', soft: 0, hard: 0 }] as const;
  assert.equal(await failureOf(running, { path: probe, ...nobodyElse, limits }), 'exec EAGAIN');
  process.kill(pid, 'SIGKILL');
  await running.wait('exited');
});

test('a daemon that may have no more processes: fork fails', { skip }, () => {
  const script = fileURLToPath(new URL('../../fixtures/native/exhausted-nproc.cjs', import.meta.url));
  const unprivileged = process.getuid?.() === 0 ? { uid: 54_322, gid: 54_322 } : {};
  const run = spawnSync(process.execPath, [script, addonFile], { encoding: 'utf8', ...unprivileged });
  // kind 5: spawn-failed; step 0: fork; errno 11: EAGAIN
  assert.deepEqual(run.stdout === '' ? run.stderr : JSON.parse(run.stdout), { kind: 5, step: 0, errno: 11 });
});

/** The child of this process that is none of these. */
async function halfBornChild(others: readonly number[]): Promise<number> {
  for (;;) {
    const pid = childPids().find((child) => !others.includes(child));
    if (pid !== undefined) return pid;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

test('a child that does not get to exec is killed in time', { skip }, async (t) => {
  const program = await stuckProgram(t);
  const running = new RunningAddon(t, { execTimeout: 150 });
  const start = performance.now();
  // Nobody else kills it: without the limit this waits for ever.
  assert.equal(await failureOf(running, { path: program }), 'killed SIGKILL');
  const took = performance.now() - start;
  assert.ok(took >= 100, `${took} ms`);
  running.addon.stop();
});

test('a stopped child too, and one that somebody kills', { skip }, async (t) => {
  const program = await stuckProgram(t);
  const others = childPids();
  // Long enough to find the child on a machine that has much else to do.
  const running = new RunningAddon(t, { execTimeout: 2000 });
  const stopped = failureOf(running, { path: program });
  process.kill(await halfBornChild(others), 'SIGSTOP');
  assert.equal(await stopped, 'killed SIGKILL');
  const killed = failureOf(running, { path: program });
  process.kill(await halfBornChild(others), 'SIGTERM');
  assert.equal(await killed, 'killed SIGTERM');
  running.addon.stop();
});

// Of nine threads four are left to other programs.
const mostOfOne = 5;

for (const hanging of [1, 8, 40]) {
  test(`what does not hang starts beside as many that do: ${hanging}`, { skip }, async (t) => {
    const program = await stuckProgram(t);
    const others = childPids();
    const running = new RunningAddon(t, { spawners: 1, execTimeout: 60_000 });
    const stuck = running.plan({ path: program });
    for (let token = 1; token <= hanging; token++) running.spawn(stuck, token);
    for (let token = 0; token < 10; token++) running.spawn(running.plan({ path: probe }), 100 + token);
    await running.wait('exited', 10);
    assert.equal(running.of('spawn-failed').length, 0);
    const halfBorn = childPids().filter((pid) => !others.includes(pid));
    assert.equal(halfBorn.length, Math.min(hanging, mostOfOne));
    // As the guard would: each that is killed makes room for the next.
    const guard = setInterval(() => {
      for (const pid of childPids()) if (!others.includes(pid)) killIfThere(pid);
    }, 2);
    await running.wait('spawn-failed', hanging);
    clearInterval(guard);
    assert.ok(running.of('spawn-failed').every(({ token, step }) => token <= hanging && step === 'killed'));
    running.addon.stop();
  });
}

test('stopping does not wait long for a child that hangs', { skip }, async (t) => {
  const program = await stuckProgram(t);
  const others = childPids();
  // Far above what the slowest machine takes to stop.
  const execTimeout = 120_000;
  const running = new RunningAddon(t, { execTimeout, spawners: 1 });
  running.spawn(running.plan({ path: program }), 1);
  await halfBornChild(others);
  running.spawn(running.plan({ path: probe }), 2);
  const start = performance.now();
  running.addon.stop();
  const took = performance.now() - start;
  assert.ok(took < execTimeout / 2, `${took} ms`);
  const told = running.of('spawn-failed').map(({ token, step, code }) => `${token} ${step} ${code}`);
  // On a slow machine a spare thread has started the second one meanwhile.
  if (running.of('spawned').length === 0) assert.deepEqual(told, ['1 killed SIGKILL', '2 fork ECANCELED']);
  else assert.deepEqual(told, ['1 killed SIGKILL']);
});
