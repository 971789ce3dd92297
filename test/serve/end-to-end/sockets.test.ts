import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { compileProbe } from '../../native/harness.ts';
import { inPrivateNetwork, withoutPrivateNetwork } from '../../support/daemons.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { freePort, open, readAll, talk } from '../support/clients.ts';
import { compileServer } from '../support/compile.ts';
import { type ServeProcess, startServe, withoutServe } from '../support/serve-process.ts';
import { entry } from '../support/service-text.ts';

const run = promisify(execFile);
const skip = withoutServe();
const isRoot = process.getuid?.() === 0;
const args = ['--service-log', 'stderr'];
const user = userInfo().username;
const probe = compileProbe('probe');
const withoutIpv6 = compileProbe('without-ipv6');
const ask = fileURLToPath(new URL('../../../fixtures/serve/ask.mjs', import.meta.url));

/** The lines with these names in what the probe says. */
function factsOf(answer: string, ...names: string[]): string[] {
  return answer.split('\n').filter((line) => names.some((name) => line.startsWith(`${name}:`)));
}

test('NODELAY and KEEPALIVE are on for the connection, and off without the flags', { skip }, async (t) => {
  const serve = await startServe(t, {
    config:
      entry('flags', { server: probe, flags: 'NODELAY KEEPALIVE NOLIBWRAP' }) +
      entry('plain', { server: probe }),
  });
  const optionsOf = async (id: string): Promise<string[]> =>
    factsOf(await talk(await serve.port(id)), 'keepalive', 'nodelay');
  assert.deepEqual(await optionsOf('flags'), ['keepalive: 1', 'nodelay: 1']);
  assert.deepEqual(await optionsOf('plain'), ['keepalive: 0', 'nodelay: 0']);
});

test('buffer sizes of an inetd.conf', { skip }, async (t) => {
  const port = await freePort();
  await startServe(t, {
    file: 'inetd.conf',
    config: `127.0.0.1:${port} stream tcp,rcvbuf=50k nowait ${user} ${probe} probe\n`,
  });
  // The kernel doubles it.
  assert.deepEqual(factsOf(await talk(port), 'rcvbuf'), [`rcvbuf: ${2 * 50 * 1024}`]);
});

test('v6only: clients of the other family find nobody', { skip }, async (t) => {
  const hello = { server: '/bin/echo', server_args: 'hello' };
  const serve = await startServe(t, {
    config: entry('six', { ...hello, flags: 'IPv6 NOLIBWRAP', bind: '::', v6only: 'yes' }),
  });
  const port = await serve.port('six');
  assert.equal(await talk(port, { host: '::1' }), 'hello\n');
  assert.equal(await talk(port), '');
});

test('an interface is an address too', { skip }, async (t) => {
  const config = entry('there', { server: '/bin/echo', server_args: 'hello' });
  const serve = await startServe(t, { config: config.replace('bind = 127.0.0.1', 'interface = 127.0.0.3') });
  const port = await serve.port('there');
  assert.deepEqual([await talk(port, { host: '127.0.0.3' }), await talk(port)], ['hello\n', '']);
});

test('a burst of clients waits in the kernel', { skip }, async (t) => {
  const clients = 300;
  const serve = await startServe(t, {
    config: entry('echo', { server: '/bin/echo', server_args: 'hello', cps: '0 0', instances: 'UNLIMITED' }),
  });
  const port = await serve.port('echo');
  serve.child.kill('SIGSTOP');
  const sockets = await Promise.all(Array.from({ length: clients }, () => open(port)));
  serve.child.kill('SIGCONT');
  const answers = await Promise.all(sockets.map(readAll));
  assert.deepEqual(new Set(answers), new Set(['hello\n']));
});

test('a second daemon does not take a UDP port that is in use', { skip }, async (t) => {
  const server = compileServer(t, 'datagram-server');
  const datagrams = { socket_type: 'dgram', protocol: 'udp', wait: 'yes', server };
  const first = await startServe(t, { config: entry('first', datagrams) });
  const port = await first.port('first');
  const second = await startServe(t, { config: entry('second', { ...datagrams, port }) });
  await second.waitFor(/bind failed \(Address already in use .*service = second, .*; trying again/);
});

test('packets in sequence over a UNIX socket', { skip }, async (t) => {
  const client = compileServer(t, 'packet-client');
  const serve = await startServe(t, {
    file: 'inetd.conf',
    config: `FOLDER/socket seqpacket unix nowait ${user} /bin/cat cat\n`,
  });
  const { stdout } = await run(client, [join(serve.folder, 'socket'), 'hello']);
  assert.equal(stdout, 'hello');
});

test('raw packets', { skip: skip || (!isRoot && 'needs root') }, async (t) => {
  const here = '127.0.0.9';
  const serve = await startServe(t, {
    args,
    config: entry('raw', {
      socket_type: 'raw',
      protocol: 'icmp',
      wait: 'yes',
      bind: here,
      server: '/usr/bin/head',
      server_args: '-c 20',
    }),
  });
  // The kernel tells the sender that nobody is there.
  const socket = createSocket('udp4').on('error', () => undefined);
  socket.bind(0, here);
  await once(socket, 'listening');
  socket.send('hello', await freePort(), here);
  await serve.waitFor(/START: raw pid=\d+ from=127\.0\.0\.9/);
  await serve.waitFor(/EXIT: raw /);
  socket.close();
});

/** Why a kernel without IPv6 cannot be had here, or false. */
function withoutRefusals(): string | false {
  const { status, stderr } = spawnSync(withoutIpv6, ['true'], { encoding: 'utf8' });
  return status !== 0 && `system calls cannot be refused here: ${stderr.trim()}`;
}

test('a kernel without IPv6: services for all addresses are there for IPv4', {
  skip: skip || withoutRefusals(),
}, async (t) => {
  const config = entry('all', { server: '/bin/echo', server_args: 'hello' }).replace(
    '\tbind = 127.0.0.1\n',
    '',
  );
  const serve = await startServe(t, { under: [withoutIpv6], config });
  assert.equal(await talk(await serve.port('all')), 'hello\n');
  await serve.waitFor(/NOTICE: IPv6 socket creation failed for service all, trying IPv4/);
});

/** A command that runs another one in a network of its own which the shell has prepared. */
function inNetwork(preparation: string): string[] {
  return inPrivateNetwork(['sh', '-c', `${preparation} && exec "$@"`, 'sh']);
}

/** Runs a program of Node in the network of a daemon. */
async function runBeside(serve: ServeProcess, ...words: string[]): Promise<string> {
  const { stdout } = await run('nsenter', ['-t', `${serve.pid}`, '-n', process.execPath, ...words]);
  return stdout;
}

test('a host name stands for every address it has', { skip: skip || withoutPrivateNetwork() }, async (t) => {
  const hosts = join(temporaryFolder(t), 'hosts');
  writeFileSync(hosts, '127.0.0.2 twofold\n127.0.0.3 twofold\n');
  const serve = await startServe(t, {
    under: inNetwork(`mount --bind ${hosts} /etc/hosts`),
    config: entry('both', { server: '/bin/echo', server_args: 'hello', bind: 'twofold', port: 20_000 }),
  });
  const targets = ['127.0.0.2:20000', '127.0.0.3:20000'];
  const answers = JSON.parse(await runBeside(serve, ask, ...targets));
  assert.deepEqual(answers, { [targets[0] ?? '']: 'hello\n', [targets[1] ?? '']: 'hello\n' });
});

test('a multicast group is joined', { skip: skip || withoutPrivateNetwork() }, async (t) => {
  const server = compileServer(t, 'datagram-server');
  const serve = await startServe(t, {
    args,
    under: inNetwork('ip link set lo multicast on && ip route add 239.0.0.0/8 dev lo src 127.0.0.1'),
    config: entry('group', {
      socket_type: 'dgram',
      protocol: 'udp',
      wait: 'yes',
      bind: '239.1.2.3',
      port: 20_000,
      server,
    }),
  });
  const send =
    'const socket = require("node:dgram").createSocket("udp4"); socket.send("hello", 20000, "239.1.2.3", () => socket.close())';
  await runBeside(serve, '-e', send);
  await serve.waitFor(/START: group pid=\d+ from=127\.0\.0\.1/);
});
