import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { children, compileProbe, listenOnLoopback, RunningAddon, readAll, withoutAddon } from './harness.ts';

const probe = compileProbe('probe');
const rounds = 60;
const perRound = 50;

/** Descriptors, threads and resident KiB outside JavaScript's heap. */
function usage(): { fds: number; threads: number; native: number } {
  const status = readFileSync('/proc/self/status', 'latin1');
  const value = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1]);
  const native = value('VmRSS') - Math.round(process.memoryUsage().heapTotal / 1024);
  return { fds: readdirSync('/proc/self/fd').length, threads: value('Threads'), native };
}

test('thousands of servers leave nothing behind', { skip: withoutAddon }, async (t) => {
  const running = new RunningAddon(t);
  const { addon } = running;
  const listener = listenOnLoopback(t);
  addon.watch(listener.fd, 'accept');
  const works = running.plan({ path: probe });
  const fails = running.plan({ path: '/no/such/server' });
  const round = async (): Promise<void> => {
    running.events.length = 0;
    running.deliveries.length = 0;
    const answers = Array.from({ length: perRound }, () => readAll(listener.name.port));
    await running.wait('accepted', perRound);
    for (const [index, { fd }] of running.of('accepted').entries()) {
      const plan = index % 10 === 0 ? fails : works;
      addon.spawn({ plan, token: fd, stdio: [fd, fd, fd], close: fd, env: ['REMOTE_HOST=127.0.0.1'] });
    }
    await running.wait('spawn-failed', perRound / 10);
    for (const { token } of running.of('spawn-failed')) addon.refuse(token, Buffer.from('sorry\n'));
    await Promise.all(answers);
    await running.wait('exited', perRound - perRound / 10);
  };
  for (let i = 0; i < 10; i++) await round();
  const before = usage();
  for (let i = 0; i < rounds; i++) await round();
  const after = usage();
  assert.equal(after.fds, before.fds);
  assert.equal(after.threads, before.threads);
  assert.deepEqual(
    children().filter(({ state }) => state === 'Z'),
    [],
  );
});

test('starts cost no memory that does not come back', { skip: withoutAddon }, async (t) => {
  const running = new RunningAddon(t);
  const plans = [running.plan({ path: probe }), running.plan({ path: '/no/such/server' })];
  // Much per start, so that losing it shows beside what the heap of JavaScript does.
  const env = Array.from({ length: 8 }, (_, index) => `WORD${index}=${'x'.repeat(2000)}`);
  const round = async (): Promise<void> => {
    running.events.length = 0;
    running.deliveries.length = 0;
    for (let token = 0; token < perRound; token++) {
      const plan = plans[token % 2] ?? 0;
      running.addon.spawn({ plan, token, stdio: [-1, -1, -1], close: -1, env });
    }
    await running.wait('spawn-failed', perRound / 2);
    await running.wait('exited', perRound / 2);
  };
  for (let i = 0; i < 10; i++) await round();
  const before = usage();
  for (let i = 0; i < 2 * rounds; i++) await round();
  const growth = usage().native - before.native;
  // Losing what one start needs would be 94 MiB.
  assert.ok(growth < 16_384, `${growth} KiB for ${2 * rounds * perRound} starts`);
});
