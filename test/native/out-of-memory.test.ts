import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Addon } from '../../src/native/addon.ts';
import { loadAddon } from '../../src/native/load.ts';
import type { RuntimeEvent, SpawnFailedEvent } from '../../src/native/runtime-events.ts';
import type { SpawnRequest } from '../../src/native/spawn-types.ts';
import { plainPlan } from '../support/plain-plan.ts';
import { readAll, withoutAddon } from './harness.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** What native/probe/failing-memory.c adds. */
interface FailingAddon extends Addon {
  /** Lets the allocation of that number from now on fail, 0 none; returns whether the one named before has failed. */
  failAllocation(number: number): boolean;
  /** Allocations that have not been given back. */
  countAlive(): number;
}

function failingAddon(): FailingAddon {
  const script = 'scripts/build-native.mjs';
  spawnSync(process.execPath, [script, 'failing-memory'], { cwd: project, stdio: 'inherit' });
  const loaded = loadAddon(`${project}/native/build/xcfg-failing-memory.node`);
  assert.ok(loaded.ok);
  return loaded.addon as FailingAddon;
}

/** The first call may find no memory, and says so; the second one must not have suffered from that. */
function again<Result>(call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ENOMEM');
    return call();
  }
}

/** A server for a connection and one with a borrowed descriptor, from start to stop, each call that allocates among it. */
async function serve(addon: Addon): Promise<void> {
  const plan = again(() =>
    addon.compilePlan({
      ...plainPlan,
      path: '/bin/echo',
      argv: ['echo', 'hello'],
      env: ['A=1'],
      groups: process.getuid?.() === 0 ? [0] : null,
      limits: [{ resource: 'core', soft: 0, hard: 0 }],
    }),
  );
  const requests = new Map<number, SpawnRequest>();
  const start = (request: Omit<SpawnRequest, 'token' | 'plan'>): void => {
    const whole = { ...request, plan, token: requests.size };
    requests.set(whole.token, whole);
    assert.ok(again(() => addon.spawn(whole)));
  };
  const startAgain = ({ token, step, code }: SpawnFailedEvent): void => {
    assert.deepEqual([step, code], ['fork', 'ENOMEM']);
    const request = requests.get(token);
    assert.ok(request !== undefined && addon.spawn(request));
  };
  let allEnded = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    allEnded = resolve;
  });
  let left = 2;
  const handle = (event: RuntimeEvent): void => {
    if (event.kind === 'accepted') {
      const { fd } = event;
      start({ stdio: [fd, fd, fd], close: fd, env: ['REMOTE_HOST=127.0.0.1'] });
    } else if (event.kind === 'spawn-failed') {
      startAgain(event);
    } else if (event.kind === 'exited') {
      assert.equal(event.status, 0);
      if (--left === 0) allEnded();
    }
  };
  again(() => addon.start({ spawners: 1 }, (events) => events.forEach(handle)));
  const socket = again(() =>
    addon.openSocket({ family: 'inet', type: 'stream', address: '127.0.0.1', backlog: 1 }),
  );
  const watch = again(() => addon.watch(socket.fd, 'accept'));
  const nothing = openSync('/dev/null', 'r+');
  start({ stdio: [nothing, nothing, nothing], close: -1, env: [] });
  assert.equal(await readAll(socket.name.port), 'hello\n');
  await ended;
  assert.equal(again(() => addon.userById(0))?.uid, 0);
  assert.deepEqual(again(() => addon.groupList('root', 0)).slice(0, 1), [0]);
  addon.unwatch(watch);
  addon.close(socket.fd);
  closeSync(nothing);
  addon.releasePlan(plan);
  addon.stop();
}

test('whichever allocation fails, it is said, nothing is lost and all goes on', {
  skip: withoutAddon,
}, async () => {
  const addon = failingAddon();
  // The table of plans stays when its plans have gone.
  await serve(addon);
  const alive = addon.countAlive();
  let number = 0;
  do {
    number++;
    addon.failAllocation(number);
    await serve(addon);
    assert.equal(addon.countAlive(), alive, `allocation ${number}`);
  } while (addon.failAllocation(0));
  assert.ok(number > 20, `${number} allocations`);
});
