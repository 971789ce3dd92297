import assert from 'node:assert/strict';
import dgram from 'node:dgram';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  exhaustDescriptors,
  listenOnLoopback,
  RunningAddon,
  scratchFolder,
  withoutAddon,
} from './harness.ts';

const skip = withoutAddon;

function connect(port: number): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => resolve(socket));
    socket.on('error', reject);
  });
}

function isBlocking(fd: number): boolean {
  const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))?.[1] ?? '0';
  return (Number.parseInt(flags, 8) & 0o4000) === 0;
}

/** Long enough for a thread to do what it should not do. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 30));

test('an accepting watch delivers connections with their peers', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const { addon } = running;
  const listener = listenOnLoopback(t);
  const watch = addon.watch(listener.fd, 'accept');
  assert.equal(isBlocking(listener.fd), false);
  const clients = await Promise.all(Array.from({ length: 50 }, () => connect(listener.name.port)));
  await running.wait('accepted', 50);
  const accepted = running.of('accepted');
  assert.ok(accepted.every((event) => event.watch === watch && isBlocking(event.fd)));
  assert.deepEqual(
    accepted.map(({ peer }) => peer.port).sort((a, b) => a - b),
    clients.map((client) => client.localPort ?? 0).sort((a, b) => a - b),
  );
  for (const { fd, peer } of accepted) {
    assert.deepEqual(addon.peerName(fd), peer);
    assert.deepEqual(addon.socketName(fd), listener.name);
    addon.refuse(fd, null);
  }
  for (const client of clients) client.destroy();
});

test('peers of dual-stack and unix listeners', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const { addon } = running;
  const six = addon.openSocket({ family: 'inet6', type: 'stream' });
  addon.watch(six.fd, 'accept');
  const client = await connect(six.name.port);
  const first = await running.wait('accepted');
  assert.deepEqual(first.peer, { family: 'inet6', address: '::ffff:127.0.0.1', port: client.localPort });

  const path = join(scratchFolder(t), 'socket');
  const local = addon.openSocket({ family: 'unix', type: 'stream', address: path });
  addon.watch(local.fd, 'accept');
  const localClient = net.connect(path);
  const second = await running.wait('accepted', 2);
  assert.deepEqual(second.peer, { family: 'unix', address: '', port: 0 });
  client.destroy();
  localClient.destroy();
  for (const fd of [first.fd, second.fd, six.fd, local.fd]) addon.close(fd);
});

test('a paused watch leaves connections in the queue of the kernel', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const { addon } = running;
  const listener = listenOnLoopback(t);
  const watch = addon.watch(listener.fd, 'accept');
  addon.pauseWatch(watch);
  const client = await connect(listener.name.port);
  await aWhile();
  assert.equal(running.of('accepted').length, 0);
  addon.resumeWatch(watch);
  const { fd } = await running.wait('accepted');
  addon.close(fd);
  client.destroy();
});

test('a removed watch is gone and its number with it', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const { addon } = running;
  const listener = listenOnLoopback(t);
  const watch = addon.watch(listener.fd, 'accept');
  addon.unwatch(watch);
  for (const call of [addon.pauseWatch, addon.resumeWatch, addon.unwatch])
    assert.throws(() => call(watch), { code: 'ENOENT', syscall: 'watch' });
  const client = await connect(listener.name.port);
  await aWhile();
  assert.equal(running.of('accepted').length, 0);
  assert.notEqual(addon.watch(listener.fd, 'accept'), watch);
  addon.close((await running.wait('accepted')).fd);
  client.destroy();
});

test('only what listens can be accepted from, and nothing is watched twice', { skip }, (t) => {
  const { addon } = new RunningAddon(t);
  const datagrams = addon.openSocket({ family: 'inet', type: 'dgram', address: '127.0.0.1' });
  assert.throws(() => addon.watch(datagrams.fd, 'accept'), { code: 'EINVAL', syscall: 'watch' });
  addon.watch(datagrams.fd, 'ready');
  assert.throws(() => addon.watch(datagrams.fd, 'ready'), { code: 'EEXIST', syscall: 'watch' });
  addon.close(datagrams.fd);
});

test('a ready watch fires once and again when resumed, and takes nothing', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const { addon } = running;
  const listener = listenOnLoopback(t);
  const watch = addon.watch(listener.fd, 'ready');
  assert.equal(isBlocking(listener.fd), true);
  const clients = [await connect(listener.name.port), await connect(listener.name.port)];
  await running.wait('ready');
  await aWhile();
  assert.deepEqual(running.events, [{ kind: 'ready', watch }]);
  addon.resumeWatch(watch);
  await running.wait('ready', 2);
  assert.equal(running.of('accepted').length, 0);
  addon.pauseWatch(watch);
  addon.resumeWatch(watch);
  await running.wait('ready', 3);
  for (const client of clients) client.destroy();
});

test('a waiting datagram can be looked at and dropped', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const { addon } = running;
  const { fd, name } = addon.openSocket({ family: 'inet', type: 'dgram', address: '127.0.0.1' });
  assert.equal(addon.peekDatagram(fd), null);
  assert.equal(addon.discardDatagram(fd), false);
  addon.watch(fd, 'ready');
  const sender = dgram.createSocket('udp4');
  await new Promise<void>((resolve) => sender.send(['one'], name.port, '127.0.0.1', () => resolve()));
  await running.wait('ready');
  const expected = { family: 'inet', address: '127.0.0.1', port: sender.address().port } as const;
  const first = addon.peekDatagram(fd);
  assert.deepEqual(first?.sender, expected);
  assert.deepEqual(addon.peekDatagram(fd), first);
  const buffer = Buffer.alloc(10);
  assert.equal(addon.receive(fd, buffer, true), 3);
  await new Promise<void>((resolve) => sender.send(['one'], name.port, '127.0.0.1', () => resolve()));
  assert.equal(addon.discardDatagram(fd), true);
  const second = addon.peekDatagram(fd);
  assert.deepEqual(second?.sender, expected);
  assert.notEqual(second?.arrival, first?.arrival, 'the same text from the same sender is another datagram');
  assert.equal(addon.discardDatagram(fd), true);
  assert.equal(addon.peekDatagram(fd), null);
  assert.equal(addon.receive(fd, buffer, true), null);
  sender.close();
  addon.close(fd);
});

test('without descriptors accepting pauses and says so', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const { addon } = running;
  const listener = listenOnLoopback(t);
  const watch = addon.watch(listener.fd, 'accept');
  addon.pauseWatch(watch);
  const client = await connect(listener.name.port);

  const restore = exhaustDescriptors();
  addon.resumeWatch(watch);
  const failure = await running.wait('accept-failed');
  restore();
  assert.deepEqual(failure, { kind: 'accept-failed', watch, code: 'EMFILE' });

  await aWhile();
  assert.equal(running.events.length, 1);
  addon.resumeWatch(watch);
  addon.close((await running.wait('accepted')).fd);
  client.destroy();
});

test('accepting waits while JavaScript is behind', { skip }, async (t) => {
  const running = new RunningAddon(t, { acceptQueue: 4 });
  const { addon } = running;
  const listener = listenOnLoopback(t);
  addon.watch(listener.fd, 'accept');
  const clients = Array.from({ length: 20 }, () => net.connect(listener.name.port, '127.0.0.1'));
  await Promise.all(clients.map((client) => new Promise((resolve) => client.once('connect', resolve))));
  // This thread stands still, the other one has all the time to accept.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  await running.wait('accepted', 20);
  assert.ok(Math.max(...running.deliveries) <= 4, `deliveries of ${running.deliveries.join(', ')}`);
  for (const { fd } of running.of('accepted')) addon.close(fd);
  for (const client of clients) client.destroy();
});

test('a client that is turned away gets the message and an orderly end', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const { addon } = running;
  const listener = listenOnLoopback(t);
  addon.watch(listener.fd, 'accept');
  const client = await connect(listener.name.port);
  client.write('data that nobody reads');
  const { fd } = await running.wait('accepted');
  // The data is there before the message goes out, so closing alone would send a reset.
  while (addon.receive(fd, Buffer.alloc(1), true) === null) await aWhile();
  addon.refuse(fd, Buffer.from('busy\n'));
  const chunks: Buffer[] = [];
  for await (const chunk of client) chunks.push(chunk as Buffer);
  assert.equal(Buffer.concat(chunks).toString(), 'busy\n');
  assert.throws(() => addon.close(fd), { code: 'EBADF' });
});

test('turning away a client that has gone is no error', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const { addon } = running;
  const listener = listenOnLoopback(t);
  addon.watch(listener.fd, 'accept');
  const client = await connect(listener.name.port);
  const { fd } = await running.wait('accepted');
  client.resetAndDestroy();
  await aWhile();
  addon.refuse(fd, Buffer.from('busy\n'));
  assert.throws(() => addon.close(fd), { code: 'EBADF' });
});

test('reading and writing a connection without waiting', { skip }, async (t) => {
  const running = new RunningAddon(t);
  const { addon } = running;
  const listener = listenOnLoopback(t);
  addon.watch(listener.fd, 'accept');
  const client = await connect(listener.name.port);
  const { fd } = await running.wait('accepted');
  const buffer = Buffer.alloc(16);
  assert.equal(addon.receive(fd, buffer, false), null);
  const watch = addon.watch(fd, 'ready');
  client.write('name\r\nrest');
  await running.wait('ready');
  assert.equal(addon.receive(fd, buffer, true), 10);
  assert.equal(addon.receive(fd, buffer.subarray(0, 6), false), 6);
  assert.equal(buffer.toString('latin1', 0, 6), 'name\r\n');
  assert.equal(addon.receive(fd, buffer, true), 4);
  assert.equal(addon.send(fd, Buffer.from('+Go\r\n')), 5);
  addon.unwatch(watch);
  client.end();
  addon.receive(fd, buffer, false);
  while (addon.receive(fd, buffer, true) !== 0) await aWhile();
  addon.close(fd);
  client.destroy();
});
