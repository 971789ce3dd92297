import assert from 'node:assert/strict';
import { closeSync, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually } from '../support/eventually.ts';
import {
  children,
  compileProbe,
  listenOnLoopback,
  RunningAddon,
  scratchFolder,
  withoutAddon,
} from './harness.ts';

const skip = withoutAddon;
const probe = compileProbe('probe');
const greeter = compileProbe('greeter');
const crowd = compileProbe('crowd');

/** The descriptor by which this process hears of the end of a child. */
function pidfdOf(pid: number): number {
  const found = readdirSync('/proc/self/fdinfo').find((fd) => {
    try {
      return new RegExp(`^Pid:\\t${pid}$`, 'm').test(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'));
    } catch {
      return false; // closed since
    }
  });
  assert.ok(found !== undefined, `no pidfd of ${pid}`);
  return Number(found);
}

test('the number of an ended child is free, whoever still has a copy of its pidfd', {
  skip,
  timeout: 10_000,
}, async (t) => {
  const running = new RunningAddon(t);
  const { addon } = running;
  const sleeper = running.plan({ path: '/bin/sleep', argv: ['sleep', '60'] });
  running.spawn(sleeper, 1);
  const first = (await running.wait('spawned')).pid;
  const number = pidfdOf(first);
  // As a child has it that was copying the table of descriptors just then, but for longer.
  addon.spawn({ plan: sleeper, token: 2, stdio: [number, -1, -1], close: -1, env: [] });
  const second = (await running.wait('spawned', 2)).pid;
  const device = openSync('/dev/null', 'r');
  process.kill(first, 'SIGKILL');
  await running.wait('exited');
  const fd = addon.duplicate(device, number);
  assert.equal(fd, number);
  // Ends of others make the reaper look.
  for (let count = 2; count < 12; count++) {
    running.spawn(running.plan({ path: probe }), count + 1);
    await running.wait('exited', count);
  }
  assert.ok(fstatSync(fd).isCharacterDevice());
  closeSync(fd);
  closeSync(device);
  process.kill(second, 'SIGKILL');
  await running.wait('exited', 12);
});

test('what the caller keeps and closes while a start is queued is closed after it', { skip }, async (t) => {
  const running = new RunningAddon(t, { spawners: 1 });
  const { addon } = running;
  const folder = scratchFolder(t);
  const mine = join(folder, 'mine');
  const others = join(folder, 'others');
  const plan = running.plan({ path: greeter, argv: ['greeter', 'hello'] });
  const starts = 20;
  const descriptors = readdirSync('/proc/self/fd').length;
  for (let token = 0; token < starts; token++) {
    const fd = openSync(mine, 'a');
    addon.spawn({ plan, token, stdio: [-1, fd, fd], close: -1, env: ['REMOTE_HOST=me'] });
    addon.close(fd);
    // Would be the same number, for something else.
    closeSync(openSync(others, 'a'));
  }
  await running.wait('exited', starts);
  assert.equal(readFileSync(mine, 'utf8'), 'hello me\n'.repeat(starts));
  assert.equal(readFileSync(others, 'utf8'), '');
  await eventually(() => assert.equal(readdirSync('/proc/self/fd').length, descriptors));
});

for (const oldKernel of [false, true]) {
  test(`each of 64 clients gets its own server${oldKernel ? ', on an old kernel' : ''}`, {
    skip,
  }, async (t) => {
    const connections = 64 * 40;
    const running = new RunningAddon(t, { oldKernel });
    const { addon } = running;
    const folder = scratchFolder(t);
    const services = [1, 2].map(() => listenOnLoopback(t, 4096));
    const plans = new Map(
      services.map(({ fd, name }) => [
        addon.watch(fd, 'accept'),
        running.plan({ path: greeter, argv: ['greeter', `service-${name.port}`] }),
      ]),
    );
    const descriptors = readdirSync('/proc/self/fd').length;
    running.onEvent = (event) => {
      if (event.kind !== 'accepted') return;
      const { fd, peer } = event;
      const queued = addon.spawn({
        plan: plans.get(event.watch) ?? 0,
        token: fd,
        stdio: [fd, fd, fd],
        close: fd,
        env: [`REMOTE_HOST=${peer.address}`],
      });
      assert.ok(queued);
    };
    const targets = services.map(({ name }) => `${name.port}:service-${name.port}`);
    const clients = running.plan({ path: crowd, argv: ['crowd', '64', `${connections}`, ...targets] });
    assert.equal(
      await running.output(clients, folder, [], connections + 1),
      `good ${connections} wrong 0 none 0\n`,
    );
    assert.deepEqual(running.of('spawn-failed'), []);
    await eventually(() => assert.deepEqual(children(), []));
    await eventually(() => assert.equal(readdirSync('/proc/self/fd').length, descriptors));
  });
}
