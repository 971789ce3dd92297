import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import type { SocketOptions } from '../../src/native/socket-types.ts';
import { asRoot, listenOnLoopback, scratchFolder, theAddon, withoutAddon, withoutRoot } from './harness.ts';

const skip = withoutAddon;

function isCloseOnExec(fd: number): boolean {
  const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))?.[1] ?? '0';
  return (Number.parseInt(flags, 8) & 0o2000000) !== 0;
}

/** Opens and closes at once. */
function canOpen(options: SocketOptions): boolean {
  const addon = theAddon();
  addon.close(addon.openSocket(options).fd);
  return true;
}

test('a TCP listener on a port of the kernel', { skip }, (t) => {
  const { fd, name } = listenOnLoopback(t);
  assert.equal(name.family, 'inet');
  assert.equal(name.address, '127.0.0.1');
  assert.ok(name.port > 0);
  assert.ok(isCloseOnExec(fd));
  assert.deepEqual(theAddon().socketInfo(fd), { name, type: 'stream', protocol: 6, listening: true });
  assert.deepEqual(theAddon().socketName(fd), name);
  assert.equal(theAddon().peerName(fd), null);
});

test('a taken port is an error with code, errno and step', { skip }, (t) => {
  const { name } = listenOnLoopback(t);
  assert.throws(
    () =>
      canOpen({ family: 'inet', type: 'stream', address: '127.0.0.1', port: name.port, reuseAddress: true }),
    {
      code: 'EADDRINUSE',
      errno: -98,
      syscall: 'bind',
      message: `bind EADDRINUSE: address already in use 127.0.0.1:${name.port}`,
    },
  );
});

test('the other errors name their step too', { skip }, () => {
  const cases: [SocketOptions, { code: string; syscall: string }][] = [
    [
      { family: 'inet', type: 'stream', address: '192.0.2.1' },
      { code: 'EADDRNOTAVAIL', syscall: 'bind' },
    ],
    [
      { family: 'inet', type: 'stream', address: 'localhost' },
      { code: 'EINVAL', syscall: 'address' },
    ],
    [
      { family: 'inet6', type: 'stream', address: '::1%no-such' },
      { code: 'ENODEV', syscall: 'address' },
    ],
    [
      { family: 'inet6', type: 'stream', address: '::1%4294967297' },
      { code: 'ENODEV', syscall: 'address' },
    ],
    [
      { family: 'unix', type: 'stream' },
      { code: 'EINVAL', syscall: 'address' },
    ],
    [
      { family: 'unix', type: 'raw', protocol: 6, address: '/x' },
      { code: 'EPROTONOSUPPORT', syscall: 'socket' },
    ],
    [
      { family: 'unix', type: 'stream', address: '/no/such/folder' },
      { code: 'ENOENT', syscall: 'bind' },
    ],
    [
      { family: 'unix', type: 'stream', address: '/'.repeat(108) },
      { code: 'ENAMETOOLONG', syscall: 'address' },
    ],
    [
      { family: 'inet', type: 'dgram', noDelay: true },
      { code: 'ENOPROTOOPT', syscall: 'setsockopt(TCP_NODELAY)' },
    ],
  ];
  for (const [options, expected] of cases)
    assert.throws(() => canOpen(options), expected, JSON.stringify(options));
});

test('an interface may be named by its number', { skip }, () => {
  const addon = theAddon();
  const index = 1; // the loopback device, in every network
  const { fd, name } = addon.openSocket({ family: 'inet6', type: 'dgram', address: `::1%${index}` });
  addon.close(fd);
  assert.match(name.address, /^::1/);
});

test('wrong arguments are type errors', { skip }, () => {
  const wrong: unknown[] = [
    { family: 'ipx', type: 'stream' },
    { family: 'inet', type: 'packet' },
    { family: 'inet', type: 'stream', port: 70_000 },
    { family: 'inet', type: 'stream', port: '80' },
    { family: 'inet', type: 'stream', reuseAddress: 1 },
    {},
  ];
  for (const options of wrong)
    assert.throws(() => canOpen(options as SocketOptions), TypeError, JSON.stringify(options));
  assert.throws(() => theAddon().close(1.5), TypeError);
});

test('IPv6 listens for both families unless v6only', { skip }, () => {
  const addon = theAddon();
  const taken = (v6only: boolean): boolean => {
    const six = addon.openSocket({ family: 'inet6', type: 'stream', v6only });
    try {
      assert.equal(six.name.address, '::');
      return !canOpen({ family: 'inet', type: 'stream', port: six.name.port });
    } catch (error) {
      assert.equal((error as { code: string }).code, 'EADDRINUSE');
      return true;
    } finally {
      addon.close(six.fd);
    }
  };
  assert.equal(taken(false), true);
  assert.equal(taken(true), false);
});

test('a second UDP service cannot take the port', { skip }, () => {
  const addon = theAddon();
  const { fd, name } = addon.openSocket({ family: 'inet', type: 'dgram', address: '127.0.0.1' });
  try {
    assert.equal(addon.socketInfo(fd).listening, false);
    assert.throws(() => canOpen({ family: 'inet', type: 'dgram', address: '127.0.0.1', port: name.port }), {
      code: 'EADDRINUSE',
    });
  } finally {
    addon.close(fd);
  }
});

const multicast: SocketOptions = { family: 'inet', type: 'dgram', address: '224.0.0.77' };

/** Where no interface does multicast, not even loopback, there is no group to join. */
function withoutMulticast(): string | false {
  try {
    if (!skip) canOpen(multicast);
    return skip;
  } catch (error) {
    const { syscall, code } = error as { syscall: string; code: string };
    assert.equal(syscall, 'setsockopt(IP_ADD_MEMBERSHIP)');
    return `no interface here does multicast: ${code}`;
  }
}

test('a multicast address is joined', { skip: withoutMulticast() }, () => {
  // 224.0.0.77 as /proc/net/igmp writes it on either kind of machine.
  const joined = () => /(?:4D0000E0|E000004D)/.test(readFileSync('/proc/net/igmp', 'latin1'));
  const addon = theAddon();
  const { fd } = addon.openSocket(multicast);
  assert.equal(joined(), true);
  addon.close(fd);
  assert.equal(joined(), false);
});

test('a unix socket has its mode from the first moment, whatever the umask', { skip }, (t) => {
  const folder = scratchFolder(t);
  const before = process.umask();
  t.after(() => process.umask(before));
  for (const umask of [0o000, 0o077]) {
    process.umask(umask);
    const path = join(folder, `socket-${umask}`);
    const { fd } = theAddon().openSocket({ family: 'unix', type: 'stream', address: path, mode: 0o660 });
    assert.equal(lstatSync(path).mode & 0o777, 0o660);
    theAddon().close(fd);
  }
});

/** Puts a link in the place of a socket, over and over, as fast as it can. */
const swapper = `
  const { lstatSync, renameSync, symlinkSync } = require('node:fs');
  const { workerData: { path, victim, stop } } = require('node:worker_threads');
  while (Atomics.load(stop, 0) === 0) {
    if (!lstatSync(path, { throwIfNoEntry: false })?.isSocket()) continue;
    symlinkSync(victim, path + '.link');
    renameSync(path + '.link', path);
  }`;

test('the mode of a socket is not set on what somebody puts in its place', { skip }, async (t) => {
  const folder = scratchFolder(t);
  const [path, victim] = [join(folder, 'socket'), join(folder, 'victim')];
  writeFileSync(victim, '', { mode: 0o600 });
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(swapper, { eval: true, workerData: { path, victim, stop } });
  await once(worker, 'online');
  for (let attempt = 0; attempt < 3000; attempt++) {
    try {
      canOpen({ family: 'unix', type: 'dgram', address: path, mode: 0o666 });
    } catch {
      // Something else was there: nothing is opened then.
    }
    rmSync(path, { force: true });
  }
  Atomics.store(stop, 0, 1);
  await once(worker, 'exit');
  assert.equal(statSync(victim).mode & 0o777, 0o600);
});

test('raw sockets of both families', { skip: withoutRoot }, () => {
  assert.ok(canOpen({ family: 'inet', type: 'raw', protocol: 1 }));
  for (const v6only of [false, true])
    assert.ok(canOpen({ family: 'inet6', type: 'raw', protocol: 58, v6only }));
});

test('a unix socket can belong to somebody else', { skip: withoutRoot }, (t) => {
  const path = join(scratchFolder(t), 'socket');
  const { fd } = theAddon().openSocket({ family: 'unix', type: 'dgram', address: path, uid: 12, gid: 34 });
  theAddon().close(fd);
  const { uid, gid } = statSync(path);
  assert.deepEqual([uid, gid], [12, 34]);
});

test('a stale unix socket is replaced, a live one and a file are not', { skip }, (t) => {
  const folder = scratchFolder(t);
  const addon = theAddon();
  const path = join(folder, 'socket');
  const first = addon.openSocket({ family: 'unix', type: 'stream', address: path });
  assert.throws(() => canOpen({ family: 'unix', type: 'stream', address: path }), { code: 'EADDRINUSE' });
  addon.close(first.fd);
  assert.ok(existsSync(path));
  assert.ok(canOpen({ family: 'unix', type: 'stream', address: path }));

  const file = join(folder, 'file');
  writeFileSync(file, 'precious');
  assert.throws(() => canOpen({ family: 'unix', type: 'stream', address: file }), { code: 'EADDRINUSE' });
  assert.equal(readFileSync(file, 'utf8'), 'precious');
});

test('the file of a unix socket is removed when nobody listens any more, and no other file', {
  skip,
}, (t) => {
  const addon = theAddon();
  const folder = scratchFolder(t);
  const options = { family: 'unix', type: 'stream', address: join(folder, 'socket') } as const;
  const { fd } = addon.openSocket(options);
  addon.removeSocketFile(options);
  assert.ok(existsSync(options.address), 'somebody listens');
  addon.close(fd);
  addon.removeSocketFile(options);
  assert.equal(existsSync(options.address), false);
  writeFileSync(options.address, 'precious');
  addon.removeSocketFile(options);
  assert.equal(readFileSync(options.address, 'utf8'), 'precious');
});

test('a unix socket whose owner cannot be set is not left behind', { skip: asRoot }, (t) => {
  const folder = scratchFolder(t);
  chmodSync(folder, 0o700);
  const path = join(folder, 'socket');
  assert.throws(() => canOpen({ family: 'unix', type: 'stream', address: path, uid: 0 }), {
    code: 'EPERM',
    syscall: 'chown',
  });
  assert.equal(existsSync(path), false);
});

test('abstract unix sockets and sequenced packets', { skip }, () => {
  const addon = theAddon();
  const address = `@xcfg-test-${process.pid}`;
  const { fd, name } = addon.openSocket({ family: 'unix', type: 'seqpacket', address });
  assert.deepEqual(name, { family: 'unix', address, port: 0 });
  assert.deepEqual(addon.socketInfo(fd), { name, type: 'seqpacket', protocol: 0, listening: true });
  addon.close(fd);
});

test('what is no socket is said to be none', { skip }, () => {
  const file = openSync('/dev/null', 'r');
  assert.throws(() => theAddon().socketInfo(file), { code: 'ENOTSOCK', syscall: 'getsockopt' });
  closeSync(file);
  assert.throws(() => theAddon().close(99_999), { code: 'EBADF', syscall: 'close' });
});

test('descriptors can be copied and marked', { skip }, (t) => {
  const addon = theAddon();
  const { fd, name } = listenOnLoopback(t);
  const copy = addon.duplicate(fd, 100);
  assert.ok(copy >= 100);
  assert.ok(isCloseOnExec(copy));
  addon.setCloseOnExec(copy, false);
  assert.equal(isCloseOnExec(copy), false);
  addon.duplicateTo(fd, copy);
  assert.equal(isCloseOnExec(copy), false);
  assert.deepEqual(addon.socketName(copy), name);
  addon.close(copy);
});
