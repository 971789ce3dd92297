import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFake } from './support/runtime.ts';

test('stop ends the groups of all servers, waits for them, then ends the threads', async () => {
  const { kernel, supervisor, killed } = startFake([{}]);
  kernel.connect('192.0.2.7');
  const pid = kernel.run();
  const stopped = supervisor.stop();
  assert.equal(kernel.sockets.size, 0, 'nobody is let in any more');
  assert.deepEqual(killed, [{ pid: -pid, signal: 'SIGTERM' }]);
  assert.equal(kernel.stopped, false);
  kernel.exit(pid, { signal: 15 });
  await stopped;
  assert.equal(kernel.stopped, true);
});

test('a server that does not end is killed after the grace time', async () => {
  const { kernel, clock, supervisor, killed } = startFake([{}], { grace: 5000 });
  kernel.connect('192.0.2.7');
  const pid = kernel.run();
  const stopped = supervisor.stop();
  clock.advance(5000);
  assert.deepEqual(killed.at(-1), { pid: -pid, signal: 'SIGKILL' });
  kernel.exit(pid, { signal: 9 });
  await stopped;
});

test('a server that was just being started when the stop came is ended too', async () => {
  const { kernel, supervisor, killed } = startFake([{}]);
  kernel.connect('192.0.2.7');
  const stopped = supervisor.stop();
  const pid = kernel.run();
  assert.deepEqual(killed, [{ pid: -pid, signal: 'SIGTERM' }]);
  kernel.exit(pid);
  await stopped;
});

test('who is in a hurry waits for no server that is still being started', async () => {
  const { kernel, clock, supervisor } = startFake([{}], { grace: 5000 });
  kernel.connect('192.0.2.7');
  const stopped = supervisor.stop();
  supervisor.hurry();
  clock.advance(1000);
  await stopped;
  assert.equal(kernel.stopped, true);
});

test('and gives one that starts then no time', async () => {
  const { kernel, clock, supervisor, killed } = startFake([{}], { grace: 5000 });
  kernel.connect('192.0.2.7');
  const stopped = supervisor.stop();
  supervisor.hurry();
  const pid = kernel.run();
  clock.advance(0);
  assert.deepEqual(killed.at(-1), { pid: -pid, signal: 'SIGKILL' });
  kernel.exit(pid, { signal: 9 });
  await stopped;
});

test('a connection that is on its way when the stop comes is closed', async () => {
  const { kernel, supervisor } = startFake([{}]);
  const { watch } = kernel.socket();
  await supervisor.stop();
  const peer = { family: 'inet', address: '192.0.2.7', port: 4 } as const;
  kernel.emit({ kind: 'accepted', watch, fd: 999, peer });
  assert.ok(kernel.closed.includes(999));
  assert.equal(kernel.starts.length, 0);
});

test('leave ends the threads and no server', () => {
  const { kernel, supervisor, killed } = startFake([{}]);
  kernel.connect('192.0.2.7');
  kernel.run();
  supervisor.leave();
  assert.equal(kernel.stopped, true);
  assert.deepEqual(killed, []);
});

test('an orphan that PID 1 reaped disturbs nothing', () => {
  const { kernel, supervisor, messages } = startFake([{}]);
  const before = messages.length;
  kernel.exit(4711);
  assert.equal(supervisor.instances, 0);
  assert.equal(messages.length, before);
});
