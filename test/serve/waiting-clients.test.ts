import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type NetConnectOpts } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { SocketOptions } from '../../src/native/socket-types.ts';
import { waitingClients } from '../../src/serve/listener/waiting-clients.ts';
import { theAddon, withoutAddon } from '../native/harness.ts';
import { eventually } from '../support/eventually.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const head =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const row = (ends: string, state: string, inode: number) =>
  `   5: ${ends} ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 000000007df156d0 20 0 0 10 -1\n`;

test('those that nobody has accepted have no inode, and are of the address and the port', async () => {
  const table = [
    head,
    row('0100007F:1F90 00000000:0000', '0A', 4711),
    row('0100007F:1F90 0100007F:8001', '01', 0),
    row('0100007F:1F90 0100007F:8002', '08', 0),
    row('0100007F:1F90 0100007F:8003', '01', 4712),
    row('0100007F:1F90 0100007F:8004', '06', 0),
    row('0200007F:1F90 0100007F:8005', '01', 0),
    row('0100007F:1F91 0100007F:8006', '01', 0),
  ].join('');
  const ask = waitingClients(async (path) => (path === '/proc/net/tcp' ? table : ''), 'LE');
  const own = ['0100007F:1F90 0100007F:8001', '0100007F:1F90 0100007F:8002'];
  assert.deepEqual(await ask({ family: 'inet', address: '127.0.0.1', port: 8080 }), new Set(own));
  const any = [...own, '0200007F:1F90 0100007F:8005'];
  assert.deepEqual(await ask({ family: 'inet', address: '0.0.0.0', port: 8080 }), new Set(any));
});

test('addresses are numbers of the machine', async () => {
  const ends = 'FE800000000000000000000000000001:0050 FE800000000000000000000000000002:8001';
  const ask = waitingClients(async () => row(ends, '01', 0), 'BE');
  assert.deepEqual(await ask({ family: 'inet6', address: 'fe80::1%eth0', port: 80 }), new Set([ends]));
});

test('clients of a UNIX socket are known by their numbers, where the kernel shows them', async () => {
  const line = (number: string, state: string, inode: number, path: string) =>
    `${number}: 00000003 00000000 00000000 0001 ${state} ${inode.toString().padStart(5)} ${path}\n`;
  const table = (number: string) =>
    line('00000000f4fdedf6', '01', 28877952, '/run/x') + line(number, '02', 0, '/run/x');
  const unix = { family: 'unix', address: '/run/x', port: 0 } as const;
  assert.deepEqual(
    await waitingClients(async () => table('000000005d8518d6'))(unix),
    new Set(['000000005d8518d6']),
  );
  assert.equal(await waitingClients(async () => table('0000000000000000'))(unix), null);
});

test('where the kernel has no such tables nobody knows', async () => {
  const ask = waitingClients(() => Promise.reject(new Error('ENOENT')));
  assert.equal(await ask({ family: 'inet', address: '127.0.0.1', port: 80 }), null);
});

const skip = withoutAddon || (process.platform === 'linux' ? false : 'Linux has /proc/net');

async function knock(t: TestContext, options: NetConnectOpts): Promise<void> {
  const socket = connect(options).on('error', () => undefined);
  t.after(() => socket.destroy());
  await once(socket, 'connect');
  socket.end();
}

const kinds: readonly (readonly [string, (folder: string) => SocketOptions])[] = [
  ['IPv4', () => ({ family: 'inet', type: 'stream', address: '127.0.0.1' })],
  ['both families', () => ({ family: 'inet6', type: 'stream' })],
  ['UNIX', (folder) => ({ family: 'unix', type: 'stream', address: join(folder, 'socket') })],
];

for (const [kind, options] of kinds) {
  test(`the kernel tells who waits: ${kind}`, { skip }, async (t) => {
    const addon = theAddon();
    const { fd, name } = addon.openSocket(options(temporaryFolder(t)));
    t.after(() => addon.close(fd));
    const to = name.family === 'unix' ? { path: name.address } : { host: '127.0.0.1', port: name.port };
    const ask = waitingClients();
    assert.deepEqual(await ask(name), new Set());
    for (let client = 0; client < 3; client++) await knock(t, to);
    // The kernel has told the client before it has put the connection into its table.
    await eventually(async () => assert.equal((await ask(name))?.size, 3));
  });
}
