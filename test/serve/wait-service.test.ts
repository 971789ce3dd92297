import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { refuse } from '../../src/serve/admission/decision.ts';
import { errnos } from './support/fake-addon.ts';
import { type FakeRuntime, startFake } from './support/runtime.ts';

const datagrams = {
  socketType: 'dgram',
  protocol: 'udp',
  wait: true,
  logOnSuccess: ['HOST'],
  logOnFailure: ['HOST'],
} as const;

const stream = { wait: true, logOnSuccess: ['HOST'], logOnFailure: ['HOST'] } as const;

test('dgram: the server gets the socket with the datagram still in it, and its sender', () => {
  const { kernel, serviceLog } = startFake([datagrams]);
  kernel.receive('192.0.2.7', 'hello');
  const start = kernel.starts[0];
  const [fd = -1] = start?.stdio ?? [];
  assert.deepEqual(start?.stdio, [fd, fd, fd]);
  assert.equal(kernel.sockets.get(fd), kernel.socket(), 'the same socket');
  assert.equal(start?.close, -1, 'the socket stays open here');
  assert.deepEqual(start?.env, ['REMOTE_HOST=192.0.2.7']);
  assert.equal(kernel.socket().queue.length, 1);
  kernel.run();
  assert.deepEqual(
    [kernel.sockets.size, kernel.sockets.has(fd)],
    [1, false],
    'and the copy for it is closed',
  );
  assert.deepEqual(serviceLog, ['START: test from=192.0.2.7']);
});

test('dgram: a datagram that comes while the server ends starts the next server', () => {
  const { kernel, clock } = startFake([datagrams]);
  kernel.receive('192.0.2.7', 'one');
  const pid = kernel.run();
  kernel.socket().queue.shift();
  clock.advance(10);
  kernel.receive('192.0.2.8', 'two');
  assert.equal(kernel.starts.length, 1, 'the socket is the server’s');
  kernel.exit(pid);
  assert.equal(kernel.socket().armed, true);
  kernel.tellReady();
  assert.deepEqual(kernel.starts[1]?.env, ['REMOTE_HOST=192.0.2.8']);
});

test('dgram: a refused datagram is dropped and the one behind it served', () => {
  const rules = {
    decide: (address: string) =>
      address === '192.0.2.66' ? refuse('address', 'no_access', null) : ({ admitted: true } as const),
  };
  const { kernel, serviceLog } = startFake([datagrams], { rules });
  kernel.receive('192.0.2.66', 'evil');
  assert.deepEqual(serviceLog, ['FAIL: test address from=192.0.2.66']);
  assert.equal(kernel.socket().armed, true, 'watched again');
  kernel.socket().armed = false;
  kernel.receive('192.0.2.66', 'evil');
  kernel.receive('192.0.2.7', 'good');
  kernel.socket().armed = true;
  kernel.tellReady();
  assert.deepEqual(kernel.starts[0]?.env, ['REMOTE_HOST=192.0.2.7']);
});

test('dgram: a datagram on which servers fail is dropped, so that the next gets its turn', () => {
  const { kernel, messages } = startFake([datagrams]);
  kernel.receive('192.0.2.7', 'poison');
  kernel.receive('192.0.2.8', 'good');
  for (let attempt = 0; attempt < 3; attempt++) {
    kernel.exit(kernel.run(), { status: 1 });
    kernel.tellReady();
  }
  assert.match(messages.join('\n'), /datagram from 192\.0\.2\.7 dropped, 3 servers failed/);
  assert.deepEqual(kernel.starts.at(-1)?.env, ['REMOTE_HOST=192.0.2.8']);
});

test('dgram: a server that never reads is started less and less often', () => {
  const { kernel, clock } = startFake([datagrams]);
  kernel.receive('192.0.2.7', 'unread');
  for (let attempt = 0; attempt < 10_000 && kernel.starts.length > attempt; attempt++) {
    kernel.exit(kernel.run());
    kernel.tellReady();
  }
  const atOnce = kernel.starts.length;
  assert.ok(atOnce <= 10, `${atOnce} starts without a pause`);
  clock.advance(100);
  kernel.tellReady();
  assert.equal(kernel.starts.length, atOnce + 1);
});

test('dgram: what no server can be started for is dropped', () => {
  const { kernel, serviceLog } = startFake([datagrams]);
  kernel.receive('192.0.2.7', 'lost');
  const token = kernel.starts[0]?.token ?? 0;
  kernel.emit({ kind: 'spawn-failed', token, step: 'exec', code: 'EACCES' });
  assert.equal(kernel.socket().queue.length, 0);
  assert.equal(kernel.socket().armed, true);
  assert.deepEqual(serviceLog, ['FAIL: test fork from=192.0.2.7']);
});

test('stream: the server gets the listening socket, which is watched again after it', () => {
  const { kernel, serviceLog } = startFake([stream]);
  assert.equal(kernel.socket().mode, 'ready');
  kernel.tellReady();
  assert.deepEqual(kernel.starts[0]?.env, ['REMOTE_HOST=<no address>']);
  const pid = kernel.run();
  assert.deepEqual(serviceLog, ['START: test from=<no address>']);
  kernel.exit(pid);
  assert.equal(kernel.socket().armed, true);
});

/** The promise of what the kernel was asked has been kept. */
const answered = () => setImmediate();

/** A server lives so long (milliseconds) and ends, and somebody waits. */
async function live({ kernel, clock }: FakeRuntime, life: number): Promise<void> {
  const pid = kernel.run();
  clock.advance(life);
  kernel.exit(pid);
  kernel.tellReady();
  await answered();
}

test('stream: a server that never accepts is started less and less often', async () => {
  const { kernel, clock, messages } = startFake([stream]);
  kernel.tellReady();
  for (let attempt = 0; attempt < 10_000 && kernel.starts.length > attempt; attempt++) {
    kernel.exit(kernel.run());
    kernel.tellReady();
    await answered();
  }
  const atOnce = kernel.starts.length;
  assert.ok(atOnce <= 10, `${atOnce} starts without a pause`);
  assert.match(messages.join('\n'), /rests for 100 ms/);
  for (const delay of [100, 200, 400]) {
    clock.advance(delay - 1);
    assert.equal(kernel.socket().armed, false);
    clock.advance(1);
    assert.equal(kernel.socket().armed, true);
    kernel.tellReady();
    kernel.exit(kernel.run());
    kernel.tellReady();
    await answered();
  }
});

test('stream: so is one that lives long, when all who waited for it still wait', async () => {
  const waiting = new Set(['one', 'two']);
  const runtime = startFake([stream], { waiting: () => new Set(waiting) });
  const { kernel, clock, messages } = runtime;
  kernel.tellReady();
  // Nobody knows who waited for the first one.
  await live(runtime, 1200);
  kernel.tellReady();
  for (const [servers, delay] of [100, 200, 400].entries()) {
    // Who comes later changes nothing.
    waiting.add(`later ${delay}`);
    await live(runtime, 1200);
    clock.advance(delay - 1);
    kernel.tellReady();
    assert.equal(kernel.starts.length, servers + 2);
    clock.advance(1);
    kernel.tellReady();
    assert.equal(kernel.starts.length, servers + 3);
  }
  waiting.delete('one');
  await live(runtime, 1200);
  kernel.tellReady();
  assert.equal(kernel.starts.length, 6, 'one was accepted');
  assert.equal(messages.filter((message) => /rests for/.test(message)).length, 3);
});

test('stream: the longest rest is said once', async () => {
  const runtime = startFake([stream], { waiting: () => new Set(['one']) });
  const { kernel, clock, messages } = runtime;
  kernel.tellReady();
  await live(runtime, 1200);
  kernel.tellReady();
  for (let server = 0; server < 20; server++) {
    await live(runtime, 1200);
    clock.advance(Math.min(100 * 2 ** server, 10_000));
    kernel.tellReady();
  }
  assert.equal(kernel.starts.length, 22);
  assert.equal(messages.filter((message) => /rests for 10000 ms/.test(message)).length, 1);
});

for (const life of [0, 50, 1200]) {
  test(`stream: a server that takes one client in ${life} ms is never held up by those behind it`, async () => {
    const waiting = new Set(Array.from({ length: 64 }, (_, at) => `${at}`));
    const runtime = startFake([stream], { waiting: () => new Set(waiting) });
    const { kernel, messages } = runtime;
    kernel.tellReady();
    for (let client = 0; client < 40; client++) {
      assert.equal(kernel.starts.length, client + 1);
      waiting.delete(`${client}`);
      waiting.add(`${client + 64}`);
      await live(runtime, life);
      kernel.tellReady();
    }
    assert.doesNotMatch(messages.join('\n'), /rests/);
  });
}

test('stream: what the kernel says when the service has ended is of no interest', async () => {
  const runtime = startFake([stream], { waiting: () => new Set(['one']) });
  const { kernel, supervisor, messages } = runtime;
  kernel.tellReady();
  await live(runtime, 1200);
  kernel.tellReady();
  const lived = live(runtime, 1200);
  supervisor.reconfigure([]);
  await lived;
  assert.doesNotMatch(messages.join('\n'), /rests/);
  assert.equal(kernel.sockets.size, 0);
});

test('stream: a server that accepted and worked is started again at once', () => {
  const { kernel, clock } = startFake([stream]);
  for (let client = 0; client < 50; client++) {
    kernel.tellReady();
    const pid = kernel.run();
    clock.advance(50);
    kernel.exit(pid);
    clock.advance(300);
  }
  assert.equal(kernel.starts.length, 50);
});

test('cps counts the servers of a wait service', () => {
  const { kernel, clock } = startFake([{ ...datagrams, cps: { rate: 1, pause: 5 } }]);
  kernel.receive('192.0.2.7', 'one');
  kernel.socket().queue.shift();
  kernel.exit(kernel.run());
  kernel.receive('192.0.2.7', 'two');
  assert.equal(kernel.sockets.size, 0);
  clock.advance(5000);
  assert.equal(kernel.sockets.size, 1);
});

test('cps closes a socket that a server has as soon as it comes back, until the pause is over', () => {
  const both = {
    ...stream,
    bind: 'localhost',
    family: 'IPv6',
    port: 4000,
    cps: { rate: 2, pause: 20 },
  } as const;
  const { kernel, clock, supervisor } = startFake([both]);
  const [first, second] = [kernel.socket(0), kernel.socket(1)];
  const states = () => supervisor.services[0]?.listeners.map(({ state }) => state);
  kernel.tellReady(first);
  const pid = kernel.run();
  kernel.tellReady(second);
  kernel.exit(kernel.run());
  kernel.tellReady(second);
  assert.deepEqual(states(), ['handed over', 'closed']);
  kernel.exit(pid);
  assert.deepEqual(states(), ['closed', 'closed']);
  clock.advance(20_000);
  assert.deepEqual(states(), ['listening', 'listening']);
});

test('a server without a descriptor for its socket is started when there is one', () => {
  const { kernel, clock } = startFake([stream]);
  kernel.failures = { duplicate: errnos.EMFILE };
  kernel.tellReady();
  assert.deepEqual([kernel.starts.length, kernel.socket().armed], [0, false]);
  kernel.failures = {};
  clock.advance(1000);
  kernel.tellReady();
  assert.equal(kernel.starts.length, 1);
});

test('dgram: a socket that cannot be looked at is looked at again', () => {
  const { kernel, clock, messages } = startFake([datagrams]);
  kernel.failures = { peekDatagram: errnos.ENOMEM };
  kernel.receive('192.0.2.7', 'hello');
  assert.deepEqual([kernel.starts.length, kernel.socket().armed], [0, false]);
  kernel.failures = {};
  clock.advance(1000);
  kernel.tellReady();
  assert.equal(kernel.starts.length, 1);
  assert.doesNotMatch(messages.join('\n'), /CRITICAL/);
});

test('dgram: the same datagram once more is another one: servers that took theirs are not held up', () => {
  const { kernel, messages } = startFake([datagrams]);
  const count = 30;
  for (let datagram = 0; datagram < count; datagram++) kernel.receive('192.0.2.7', 'again');
  for (let served = 1; served <= count; served++) {
    assert.equal(kernel.starts.length, served);
    kernel.socket().queue.shift();
    kernel.exit(kernel.run(), { status: served % 2 });
    kernel.tellReady();
  }
  assert.doesNotMatch(messages.join('\n'), /dropped|rests/);
});

test('stream: a socket that its server has shut down is opened again, at its port', () => {
  const { kernel, supervisor } = startFake([stream]);
  const [listener] = supervisor.services[0]?.listeners ?? [];
  const port = listener?.name?.port;
  kernel.tellReady();
  kernel.socket().listening = false;
  kernel.exit(kernel.run());
  assert.deepEqual([listener?.state, listener?.name?.port], ['listening', port]);
  assert.deepEqual([kernel.sockets.size, kernel.socket().listening], [1, true]);
});
