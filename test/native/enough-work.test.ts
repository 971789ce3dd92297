import assert from 'node:assert/strict';
import net from 'node:net';
import { type TestContext, test } from 'node:test';
import { compileProbe, listenOnLoopback, RunningAddon, withoutAddon } from './harness.ts';
import { childPids, killIfThere, stuckProgram } from './stuck-program.ts';

const skip = withoutAddon;
const probe = compileProbe('probe');

// Beside the one thread there are eight for those that hang, and four of the nine are left to other programs.
const threads = 9;
const mostOfOne = 5;

/** Between two looks at the children. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 30));

/** A client on a watched listener. */
async function client(t: TestContext, { addon }: RunningAddon): Promise<void> {
  const { fd, name } = listenOnLoopback(t);
  addon.watch(fd, 'accept');
  const socket = net.connect(name.port, '127.0.0.1');
  t.after(() => socket.destroy());
  await new Promise((resolve) => socket.once('connect', resolve));
}

test('while starts enough wait, clients wait in the kernel, and then come', { skip }, async (t) => {
  const stuck = await stuckProgram(t);
  const running = new RunningAddon(t, { spawners: 1, execTimeout: 60_000 });
  const works = running.plan({ path: probe });
  // Takes the only thread, until it is late enough for another one to go on with the rest.
  running.spawn(running.plan({ path: stuck }), 0);
  for (let token = 1; token <= 40; token++) running.spawn(works, token);
  await client(t, running);
  running.addon.close((await running.wait('accepted')).fd);
  assert.ok(running.of('spawned').length > 20);
  await running.wait('exited', 40);
  running.addon.stop();
});

test('where programs that hang hold all threads, clients come', { skip }, async (t) => {
  const programs = [await stuckProgram(t), await stuckProgram(t)];
  const others = childPids();
  const halfBorn = (): number[] => childPids().filter((pid) => !others.includes(pid));
  const running = new RunningAddon(t, { spawners: 1, execTimeout: 60_000 });
  const [first = 0, second = 0] = programs.map((path) => running.plan({ path }));
  for (let token = 1; token <= mostOfOne; token++) running.spawn(first, token);
  for (let token = mostOfOne + 1; token <= threads; token++) running.spawn(second, token);
  while (halfBorn().length < threads) await aWhile();
  const works = running.plan({ path: probe });
  for (let token = 0; token < 2; token++) running.spawn(works, 100 + token);
  await client(t, running);
  running.addon.close((await running.wait('accepted')).fd);
  assert.equal(halfBorn().length, threads);
  halfBorn().forEach(killIfThere);
  await running.wait('exited', 2);
  running.addon.stop();
});

test('what waits for a program that hangs keeps no clients of others out', { skip }, async (t) => {
  const stuck = await stuckProgram(t);
  const running = new RunningAddon(t, { spawners: 1, execTimeout: 60_000 });
  const plan = running.plan({ path: stuck });
  for (let token = 1; token <= 40; token++) running.spawn(plan, token);
  await client(t, running);
  running.addon.close((await running.wait('accepted')).fd);
  running.addon.stop();
});
