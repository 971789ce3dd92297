import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errnos } from './support/fake-addon.ts';
import { startFake } from './support/runtime.ts';

test('an address that is in use is tried again, later and later, and said once', () => {
  let free = false;
  const { kernel, clock, messages, supervisor } = startFake([{ port: 4000 }], {
    failure: () => (free ? null : errnos.EADDRINUSE),
  });
  const complaints = (): string[] => messages.filter((message) => message.startsWith('ERROR: bind failed'));
  assert.deepEqual(complaints(), [
    'ERROR: bind failed (Address already in use (errno = 98)). service = test, tcp 127.0.0.1:4000; trying again',
  ]);
  clock.advance(1000 + 2000 + 4000);
  assert.equal(complaints().length, 1);
  free = true;
  clock.advance(8000);
  assert.equal(supervisor.services[0]?.listeners[0]?.state, 'listening');
  assert.equal(kernel.socket().options.port, 4000);
});

test('a socket that cannot be watched is closed and tried again, and the services beside it run', () => {
  const { kernel, clock, messages, supervisor, prepare } = startFake([{ port: 4000 }]);
  kernel.failures = { watch: errnos.ENOSPC };
  supervisor.reconfigure([prepare({ port: 4000 }), prepare({ id: 'new', port: 5000 })]);
  assert.match(messages.join('\n'), /watch failed .*service = new/);
  assert.equal(kernel.sockets.size, 1);
  assert.deepEqual(supervisor.findInconsistencies(), []);
  kernel.failures = {};
  clock.advance(1000);
  assert.equal(kernel.sockets.size, 2);
});

test('another reason is said too', () => {
  let errno = errnos.EADDRNOTAVAIL;
  const { clock, messages } = startFake([{ port: 4000 }], { failure: () => errno });
  errno = errnos.EACCES;
  clock.advance(1000);
  assert.match(messages.join('\n'), /Address not available[\s\S]*Permission denied/);
});

test('a kernel without IPv6 is no reason not to start', () => {
  const { kernel, messages } = startFake([{ bind: null, family: 'IPv6', port: 4000 }], {
    failure: ({ family }) => (family === 'inet6' ? errnos.EAFNOSUPPORT : null),
  });
  assert.equal(kernel.socket().options.family, 'inet');
  assert.ok(messages.includes('NOTICE: IPv6 socket creation failed for service test, trying IPv4'));
});

test('v6only has no IPv4 to fall back to', () => {
  const { kernel } = startFake([{ bind: null, family: 'IPv6', v6only: true, port: 4000 }], {
    failure: ({ family }) => (family === 'inet6' ? errnos.EAFNOSUPPORT : null),
  });
  assert.equal(kernel.sockets.size, 0);
});

test('a host name in bind stands for all its addresses, each once', () => {
  const { kernel } = startFake([{ bind: 'localhost', family: 'IPv6', flags: ['IPv6'], port: 4000 }]);
  const addresses = [...kernel.sockets.values()].map(({ options }) => options.address);
  assert.deepEqual(addresses, ['127.0.0.1', '::1']);
});

test('a host name with a family flag stands for its addresses of that family', () => {
  const { kernel } = startFake([{ bind: 'localhost', family: 'IPv6', isFamilyGiven: true, port: 4000 }]);
  const addresses = [...kernel.sockets.values()].map(({ options }) => options.address);
  assert.deepEqual(addresses, ['::1']);
});

test('an endpoint that cannot be bound does not keep the others from working', () => {
  const { kernel } = startFake([{ bind: 'localhost', family: 'IPv6', flags: ['IPv6'], port: 4000 }], {
    failure: ({ family }) => (family === 'inet6' ? errnos.EADDRNOTAVAIL : null),
  });
  kernel.connect('127.0.0.1');
  assert.equal(kernel.starts.length, 1);
});

test('TCP flags reach the socket, and UDP ports are not shared', () => {
  const tcp = startFake([{ flags: ['NODELAY', 'KEEPALIVE'] }]).kernel.socket().options;
  assert.equal(tcp.noDelay, true);
  assert.equal(tcp.keepAlive, true);
  assert.equal(tcp.reuseAddress, true);
  const udp = startFake([{ socketType: 'dgram', protocol: 'udp', wait: true }]).kernel.socket().options;
  assert.equal(udp.reuseAddress, undefined);
});
