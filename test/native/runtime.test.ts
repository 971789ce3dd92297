import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { type TestContext, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { plainPlan } from '../support/plain-plan.ts';
import {
  addonFile,
  children,
  compileProbe,
  exhaustDescriptors,
  listenOnLoopback,
  RunningAddon,
  readAll,
  theAddon,
  withoutAddon,
} from './harness.ts';

const skip = withoutAddon;
const probe = compileProbe('probe');
const quietEvents = compileProbe('quiet-events');

const shell = (running: RunningAddon, script: string): number =>
  running.plan({ path: '/bin/sh', argv: ['sh', '-c', script] });

for (const oldKernel of [false, true]) {
  const where = oldKernel ? 'on an old kernel' : 'on this kernel';
  test(`each end comes after its start, with status or signal, ${where}`, { skip }, async (t) => {
    const running = new RunningAddon(t, { spawners: 4, oldKernel });
    const plans = [
      shell(running, 'exit 0'),
      shell(running, 'exit 7'),
      shell(running, 'kill -TERM $$'),
      running.plan({ path: probe }),
    ];
    const count = 200;
    for (let token = 0; token < count; token++)
      assert.ok(running.spawn(plans[token % plans.length] ?? 0, token));
    await running.wait('exited', count);
    const ends = new Map<number, string>();
    const tokens = new Map<number, number>();
    for (const event of running.events) {
      if (event.kind === 'spawned') tokens.set(event.pid, event.token);
      if (event.kind !== 'exited') continue;
      const token = tokens.get(event.pid);
      assert.ok(token !== undefined, `pid ${event.pid} ended before it was reported as started`);
      ends.set(token, `${event.status} ${event.signal}`);
    }
    const expected = ['0 null', '7 null', 'null 15', '0 null'];
    for (let token = 0; token < count; token++)
      assert.equal(ends.get(token), expected[token % expected.length]);
  });
}

test('a client that comes back finds its last server counted out', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const { addon } = running;
  const listener = listenOnLoopback(t);
  addon.watch(listener.fd, 'accept');
  const plan = running.plan({ path: probe });
  for (let i = 1; i <= 50; i++) {
    const answer = readAll(listener.name.port);
    const { fd } = await running.wait('accepted', i);
    assert.equal(running.of('exited').length, i - 1);
    addon.spawn({ plan, token: i, stdio: [fd, fd, fd], close: fd, env: [] });
    await answer;
    await running.wait('spawned', i);
    // The kernel closes the connection a moment before the process counts as ended.
    while (children().some(({ name, state }) => name === 'probe' && state !== 'Z'))
      await new Promise((resolve) => setImmediate(resolve));
  }
  await running.wait('exited', 50);
});

test('orphans come to a subreaper', { skip }, async (t) => {
  const running = new RunningAddon(t);
  running.addon.setSubreaper(true);
  t.after(() => running.addon.setSubreaper(false));
  running.spawn(shell(running, '(sleep 0.05; exit 9) & exit 0'), 1);
  await running.wait('exited', 2);
  const [first, orphan] = running.of('exited');
  assert.deepEqual([first?.status, orphan?.status], [0, 9]);
  assert.equal(running.of('spawned').length, 1);
});

test('an end is noticed when there was no descriptor left to watch it with', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const { addon } = running;
  const plan = shell(running, 'exit 5');
  const restore = exhaustDescriptors();
  addon.spawn({ plan, token: 1, stdio: [0, 0, 0], close: -1, env: [] });
  await running.wait('spawned');
  restore();
  const { status } = await running.wait('exited');
  assert.equal(status, 5);
});

test('a queue full of ends that nobody was told of is emptied before anybody waits for room in it', {
  skip,
}, () => {
  const { status, signal, stdout } = spawnSync(quietEvents, { encoding: 'utf8' });
  assert.deepEqual([status, signal, stdout], [0, null, 'room\n']);
});

test('an end is reported without delay when its listener waits for it', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const plan = shell(running, 'exit 0');
  const times: number[] = [];
  for (let i = 1; i <= 40; i++) {
    const start = performance.now();
    running.spawn(plan, i);
    await running.wait('exited', i);
    times.push(performance.now() - start);
  }
  // With a pause of 10 ms behind each end no round would be shorter; of a busy machine's, a few are not disturbed.
  const [, , , fourth = 0] = times.toSorted((a, b) => a - b);
  assert.ok(fourth < 9, `${fourth} ms`);
});

test('start and stop, many times', { skip }, async () => {
  const addon = theAddon();
  for (let i = 0; i < 50; i++) {
    const events: string[] = [];
    addon.start({}, (batch) => events.push(...batch.map(({ kind }) => kind)));
    assert.throws(() => addon.start({}, () => {}), { code: 'EBUSY', syscall: 'start' });
    const plan = addon.compilePlan({ ...plainPlan, path: probe, argv: [probe] });
    addon.spawn({ plan, token: 1, stdio: [-1, -1, -1], close: -1, env: [] });
    if (i % 2 === 0) await new Promise((resolve) => setImmediate(resolve));
    addon.stop();
    addon.stop();
    // Whatever became of the start, it was told before stop returned. (An end may be that of an earlier round's server.)
    assert.ok(events.includes('spawned') || events.includes('spawn-failed'), events.join());
    addon.releasePlan(plan);
    assert.throws(() => addon.watch(0, 'ready'), { code: 'ENOTCONN' });
  }
  await reapLeftovers();
});

/** Reaps servers whose end nobody waited for any more. */
async function reapLeftovers(): Promise<void> {
  const addon = theAddon();
  addon.start({}, () => {});
  while (children().some(({ name }) => name === 'probe'))
    await new Promise((resolve) => setTimeout(resolve, 5));
  addon.stop();
}

test('options out of range', { skip }, () => {
  const wrong = [
    { spawners: 0 },
    { spawners: 5 },
    { spawnQueue: 0 },
    { acceptQueue: 100_000 },
    { execTimeout: 0 },
  ];
  for (const options of wrong)
    assert.throws(() => theAddon().start(options, () => {}), { code: 'EINVAL' }, JSON.stringify(options));
});

/** Runs a script in a process of its own, which has the bare addon as `addon`. */
function inProcess(script: string): { status: number | null; output: string } {
  const prologue = `
    const module_ = { exports: {} };
    process.dlopen(module_, ${JSON.stringify(addonFile)});
    const addon = module_.exports;
    addon.setErrorFactory((errno, syscall) => new Error(syscall + ' ' + errno));
    const plan = addon.compilePlan({ path: '/bin/sleep', argv: ['sleep', '0'], env: [], cwd: '/', limits: [] });`;
  const run = spawnSync(process.execPath, ['-e', prologue + script], { encoding: 'utf8', timeout: 10_000 });
  return { status: run.status, output: run.stdout + run.stderr };
}

test('an exception in the receiver of events is an uncaught exception', { skip }, () => {
  const { status, output } = inProcess(`
    process.on('uncaughtException', (error) => { console.log('caught', error.message); addon.stop(); });
    let calls = 0;
    addon.start({}, new ArrayBuffer(4096), () => { if (calls++ === 0) throw new Error('in the receiver'); });
    addon.spawn(plan, 0, -1, -1, -1, -1, []);`);
  assert.deepEqual([status, output], [0, 'caught in the receiver\n']);
});

test('the process may end while the runtime is busy', { skip }, () => {
  const { status, output } = inProcess(`
    addon.start({ spawners: 4 }, new ArrayBuffer(4096), () => process.exit(7));
    for (let i = 0; i < 100; i++) addon.spawn(plan, 0, -1, -1, -1, -1, []);`);
  assert.deepEqual([status, output], [7, '']);
});

test('the receiver may stop the runtime', { skip }, () => {
  const { status, output } = inProcess(`
    let deliveries = 0;
    addon.start({}, new ArrayBuffer(4096), () => { deliveries++; addon.stop(); });
    for (let i = 0; i < 100; i++) addon.spawn(plan, 0, -1, -1, -1, -1, []);
    process.on('exit', () => console.log(deliveries > 0));`);
  assert.deepEqual([status, output], [0, 'true\n']);
});

/** Runs a script in a worker and returns what it posts. */
function inWorker(t: TestContext, script: string): Promise<unknown> {
  const worker = new Worker(script, { eval: true, workerData: addonFile });
  t.after(() => worker.terminate());
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

const loadInWorker = `
  const { parentPort, workerData } = require('node:worker_threads');
  const module_ = { exports: {} };
  process.dlopen(module_, workerData);
  const addon = module_.exports;
  addon.setErrorFactory((errno, syscall) => new Error(syscall + ' ' + errno));
`;

test('one runtime per process, also with workers', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const script = `${loadInWorker}
    try {
      addon.start({}, new ArrayBuffer(4096), () => {});
      parentPort.postMessage('started');
    } catch (error) {
      parentPort.postMessage(error.message);
    }`;
  assert.equal(await inWorker(t, script), 'start 16');
  running.addon.stop();
});

test('a worker that ends takes its runtime along', { skip }, async (t) => {
  const script = `${loadInWorker}
    const unset = new Array(11).fill(undefined);
    const socket = addon.openSocket('inet', 'stream', undefined, '127.0.0.1', ...unset);
    addon.start({}, new ArrayBuffer(4096), () => {});
    addon.watch(socket.fd, true);
    parentPort.postMessage('started');`;
  const worker = new Worker(script, { eval: true, workerData: addonFile });
  assert.equal(await new Promise((resolve) => worker.once('message', resolve)), 'started');
  await worker.terminate();
  new RunningAddon(t).addon.stop();
});
