import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuse } from '../../src/serve/admission/decision.ts';
import { startFake } from './support/runtime.ts';

const onlyOne = {
  decide: (address: string) =>
    address === '192.0.2.7' ? ({ admitted: true } as const) : refuse('address', 'only_from', null),
};

test('what has not changed keeps its socket, its servers and its counters', () => {
  const { kernel, supervisor, prepare, messages } = startFake([{ port: 4000, instances: 1 }]);
  const socket = kernel.socket();
  kernel.connect('192.0.2.7');
  const pid = kernel.run();
  supervisor.reconfigure([prepare({ port: 4000, instances: 1, server: '/bin/false' })]);
  assert.equal(kernel.socket(), socket);
  assert.equal(socket.armed, true);
  assert.ok(messages.includes('NOTICE: Reconfigured: new=0 old=1 dropped=0 (services)'));
  kernel.connect('192.0.2.7');
  assert.equal(kernel.starts.length, 1, 'the server from before still counts');
  kernel.exit(pid);
  assert.equal(supervisor.instances, 0);
});

test('a service that is gone closes its socket and its servers are ended', () => {
  const { kernel, supervisor, prepare, killed } = startFake([{ id: 'old', port: 4000 }]);
  kernel.connect('192.0.2.7');
  const pid = kernel.run();
  supervisor.reconfigure([prepare({ id: 'new', port: 5000 })]);
  assert.deepEqual(
    [...kernel.sockets.values()].map(({ options }) => options.port),
    [5000],
  );
  assert.deepEqual(killed, [{ pid: -pid, signal: 'SIGTERM' }]);
  kernel.exit(pid, { signal: 15 });
  assert.deepEqual(supervisor.findInconsistencies(), []);
});

test('a service under another name on the same endpoint takes the socket over: no client is refused', () => {
  const { kernel, supervisor, prepare } = startFake([{ id: 'old', port: 4000 }]);
  const socket = kernel.socket();
  supervisor.reconfigure([prepare({ id: 'new', port: 4000, logOnSuccess: ['HOST'] })]);
  assert.equal(kernel.socket(), socket);
  kernel.connect('192.0.2.7');
  assert.equal(kernel.starts.length, 1);
  assert.equal(supervisor.services[0]?.running, 1);
});

test('another bind address closes the old socket before it opens the new one', () => {
  const { kernel, supervisor, prepare } = startFake([{ port: 4000, bind: null }]);
  supervisor.reconfigure([prepare({ port: 4000, bind: '127.0.0.1' })]);
  assert.deepEqual(
    [...kernel.sockets.values()].map(({ options }) => options.address),
    ['127.0.0.1'],
  );
});

test('servers of clients that may not come any more are ended', () => {
  const { kernel, supervisor, prepare, killed } = startFake([{ port: 4000 }]);
  kernel.connect('192.0.2.7');
  kernel.run();
  kernel.connect('192.0.2.8');
  const pid = kernel.run();
  supervisor.reconfigure([prepare({ port: 4000 }, onlyOne)]);
  assert.deepEqual(killed, [{ pid: -pid, signal: 'SIGTERM' }]);
});

test('a server that was just being started for such a client is ended when it runs', () => {
  const { kernel, supervisor, prepare, killed } = startFake([{ port: 4000 }]);
  kernel.connect('192.0.2.8');
  supervisor.reconfigure([prepare({ port: 4000 }, onlyOne)]);
  assert.deepEqual(killed, []);
  const pid = kernel.run();
  assert.deepEqual(killed, [{ pid: -pid, signal: 'SIGTERM' }]);
});

test('a service that is closed for its rate stays so through a reload, wherever it is bound now', () => {
  const limited = { port: 4000, cps: { rate: 1, pause: 600 } } as const;
  const { kernel, clock, supervisor, prepare } = startFake([limited, { id: 'other', port: 5000 }]);
  kernel.connect('192.0.2.7', kernel.socket(0));
  kernel.connect('192.0.2.7', kernel.socket(0));
  const ports = () => [...kernel.sockets.values()].map(({ options }) => options.port);
  assert.deepEqual(ports(), [5000]);
  supervisor.reconfigure([prepare(limited), prepare({ id: 'other', port: 5000 })]);
  assert.deepEqual(ports(), [5000]);
  supervisor.reconfigure([prepare({ ...limited, bind: '127.0.0.1' })]);
  assert.deepEqual(ports(), []);
  clock.advance(599_999);
  assert.deepEqual(ports(), []);
  clock.advance(1);
  assert.deepEqual(ports(), [4000]);
});

test('a service that is closed for its rate keeps closed what it takes over from another', () => {
  const limited = { port: 4000, cps: { rate: 1, pause: 600 } } as const;
  const old = { id: 'old', port: 4000, bind: '127.0.0.1' } as const;
  const { kernel, clock, supervisor, prepare } = startFake([limited, old]);
  kernel.connect('192.0.2.7', kernel.socket(0));
  kernel.connect('192.0.2.7', kernel.socket(0));
  supervisor.reconfigure([prepare({ ...limited, bind: '127.0.0.1' })]);
  assert.equal(kernel.sockets.size, 0);
  clock.advance(600_000);
  assert.equal(kernel.socket().options.address, '127.0.0.1');
});

test('other limits end the time in which a service is closed', () => {
  const { kernel, clock, supervisor, prepare } = startFake([{ port: 4000, cps: { rate: 1, pause: 600 } }]);
  kernel.connect('192.0.2.7');
  kernel.connect('192.0.2.7');
  assert.equal(kernel.sockets.size, 0);
  supervisor.reconfigure([prepare({ port: 4000, cps: { rate: 2, pause: 600 } })]);
  const socket = kernel.socket();
  kernel.connect('192.0.2.7');
  kernel.connect('192.0.2.7');
  clock.advance(600_000);
  assert.equal(kernel.socket(), socket);
});

test('clients from before a reload count for the rates', () => {
  const limited = { port: 4000, maxPerMinute: 2, maxPerMinutePerSource: 1 } as const;
  const { kernel, supervisor, prepare } = startFake([limited]);
  kernel.connect('192.0.2.7');
  supervisor.reconfigure([prepare(limited)]);
  kernel.connect('192.0.2.7');
  assert.equal(kernel.starts.length, 1);
  kernel.connect('192.0.2.8');
  supervisor.reconfigure([prepare(limited)]);
  kernel.connect('192.0.2.9');
  assert.equal(kernel.starts.length, 2);
  assert.equal(kernel.sockets.size, 0);
});

test('a service that rests because its servers do nothing goes on resting through a reload', () => {
  const datagrams = { port: 4000, socketType: 'dgram', protocol: 'udp', wait: true } as const;
  const { kernel, clock, supervisor, prepare } = startFake([datagrams]);
  kernel.receive('192.0.2.7', 'stays');
  for (let server = 0; server < 10; server++) {
    kernel.exit(kernel.run());
    if (server < 9) kernel.tellReady();
  }
  assert.equal(kernel.socket().armed, false);
  supervisor.reconfigure([prepare(datagrams)]);
  assert.equal(kernel.socket().armed, false);
  clock.advance(100);
  assert.equal(kernel.socket().armed, true);
});

test('the server of a wait service keeps the socket through a reload', () => {
  const datagrams = { port: 4000, socketType: 'dgram', protocol: 'udp', wait: true } as const;
  const { kernel, supervisor, prepare } = startFake([datagrams]);
  kernel.receive('192.0.2.7', 'hello');
  const pid = kernel.run();
  supervisor.reconfigure([prepare({ ...datagrams, server: '/bin/false' })]);
  assert.equal(supervisor.services[0]?.listeners[0]?.state, 'handed over');
  kernel.socket().queue.shift();
  kernel.exit(pid);
  assert.equal(kernel.socket().armed, true);
  assert.deepEqual(supervisor.findInconsistencies(), []);
});

test('the server of a wait service that is gone is ended, and the books balance', () => {
  const { kernel, supervisor, prepare, killed } = startFake([{ port: 4000, wait: true }]);
  kernel.tellReady();
  const pid = kernel.run();
  supervisor.reconfigure([prepare({ id: 'other', port: 5000 })]);
  assert.deepEqual(killed, [{ pid: -pid, signal: 'SIGTERM' }]);
  kernel.exit(pid, { signal: 15 });
  assert.equal(supervisor.instances, 0);
  assert.equal(kernel.sockets.size, 1);
});

test('services on ports that the kernel chose keep theirs, and one that goes takes its own along', () => {
  const { kernel, supervisor, prepare } = startFake([{ id: 'a' }, { id: 'b' }]);
  const [, ofB] = [kernel.socket(0), kernel.socket(1)];
  supervisor.reconfigure([prepare({ id: 'a' }), prepare({ id: 'b' })]);
  kernel.connect('192.0.2.7', ofB);
  assert.deepEqual(
    supervisor.services.map(({ running }) => running),
    [0, 1],
  );
  supervisor.reconfigure([prepare({ id: 'b' })]);
  assert.deepEqual([...kernel.sockets.values()], [ofB]);
  supervisor.reconfigure([prepare({ id: 'c' })]);
  assert.notEqual(kernel.socket(), ofB, 'its clients come for b');
});

test('a start that waits for its retry is dropped with its service, and what it was for is closed', () => {
  const waits = { port: 4000, wait: true } as const;
  const { kernel, clock, supervisor, prepare, messages } = startFake([waits]);
  kernel.tellReady();
  const token = kernel.starts[0]?.token ?? 0;
  kernel.emit({ kind: 'spawn-failed', token, step: 'fork', code: 'EAGAIN' });
  supervisor.reconfigure([prepare({ id: 'other', port: 5000 })]);
  assert.ok(messages.includes('NOTICE: dropping retry attempt for service test'));
  clock.advance(60_000);
  assert.equal(kernel.starts.length, 1);
  assert.equal(kernel.sockets.size, 1);
  assert.equal(supervisor.instances, 0);
});

test('a start in the queue of the spawners has a socket of its own when its service goes', () => {
  const { kernel, supervisor, prepare } = startFake([{ port: 4000, wait: true }]);
  const socket = kernel.socket();
  kernel.tellReady();
  supervisor.reconfigure([prepare({ id: 'other', port: 5000 })]);
  assert.equal(kernel.sockets.get(kernel.starts[0]?.stdio[0] ?? -1), socket);
  kernel.exit(kernel.run());
  assert.equal(kernel.sockets.size, 1);
});

test('the retry for a client that may not come any more is dropped', () => {
  const { kernel, clock, supervisor, prepare } = startFake([{ port: 4000 }]);
  const fd = kernel.connect('192.0.2.8');
  const token = kernel.starts[0]?.token ?? 0;
  kernel.emit({ kind: 'spawn-failed', token, step: 'fork', code: 'EAGAIN' });
  supervisor.reconfigure([prepare({ port: 4000 }, onlyOne)]);
  assert.deepEqual(kernel.refused, [{ fd, message: null }]);
  clock.advance(60_000);
  assert.equal(kernel.starts.length, 1);
});

test('a socket that a server holds is not passed on; one that rests is, and works', () => {
  const at = (id: string, port: number) => ({ id, port, wait: true });
  const { kernel, supervisor, prepare } = startFake([at('moves', 4000)]);
  kernel.tellReady();
  const pid = kernel.run();
  supervisor.reconfigure([prepare({ ...at('moves', 4000), bind: '127.0.0.2' }), prepare(at('new', 4000))]);
  kernel.exit(pid, { signal: 15 });
  assert.deepEqual(
    supervisor.services.flatMap(({ listeners }) => listeners.map(({ state }) => state)),
    ['listening', 'listening'],
  );
  const full = startFake([{ port: 4000, maxChildren: 1 }]);
  full.kernel.connect('192.0.2.7');
  assert.equal(full.kernel.socket().armed, false);
  full.supervisor.reconfigure([full.prepare({ id: 'next', port: 4000 })]);
  assert.equal(full.kernel.socket().armed, true);
});
