import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { diskFiles } from '../../../src/model/host/disk-files.ts';
import { readTables } from '../../../src/model/host/disk-tables.ts';
import { isAlwaysLocal, startConditions } from '../../../src/model/host/start-conditions.ts';
import { tablesOf } from '../../../src/model/host/tables.ts';
import { unreadableNetwork } from '../../../src/model/host-tables.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('names, aliases and the first line that fits', () => {
  const tables = tablesOf({
    services: 'echo 7/tcp ping # comment\necho 8/tcp\necho\t7/udp\nbad line\nworse 5\n',
    protocols: 'tcp 6 TCP\n',
    rpc: 'portmapper 100000 portmap sunrpc\n',
    networks: 'loopback 127.0.0.0\nshort 10.20.31\n',
    passwd: 'root:x:0:0:root:/:/bin/sh\nbroken\nweb:x:33:34::/:\ntwin:x:33:35::/:\n',
    group: 'root:x:0:\nwww:x:34:a,b\n',
  });
  assert.equal(tables.servicePort('echo', 'tcp'), 7);
  assert.equal(tables.servicePort('ping', 'tcp'), 7);
  assert.equal(tables.servicePort('ping', 'udp'), undefined);
  assert.equal(tables.servicePort('ECHO', 'tcp'), undefined);
  assert.equal(tables.protocolNumber('TCP'), 6);
  assert.equal(tables.rpcNumber('sunrpc'), 100_000);
  assert.equal(tables.network('short'), 0x0a141f00);
  assert.equal(tables.network('SHORT'), 0x0a141f00);
  assert.deepEqual(tables.user('web'), { uid: 33, gid: 34 });
  assert.equal(tables.userName(33), 'web');
  assert.deepEqual(tables.group('www'), { gid: 34 });
  assert.equal(tables.user('broken'), undefined);
});

test('hosts: every line counts, IPv6 first, and ::1 answers for IPv4 too', () => {
  const { hostAddresses } = tablesOf({
    hosts: '127.0.0.3 dual d\n::1 dual\n::1 six\nnonsense x\n10.0.0.1 Four\n',
  });
  assert.deepEqual(hostAddresses('dual'), ['::1', '127.0.0.3']);
  assert.deepEqual(hostAddresses('DUAL', 4), ['127.0.0.1', '127.0.0.3']);
  assert.deepEqual(hostAddresses('dual', 6), ['::1']);
  assert.deepEqual(hostAddresses('six', 4), ['127.0.0.1']);
  assert.deepEqual(hostAddresses('four'), ['10.0.0.1']);
  assert.deepEqual(hostAddresses('four', 6), []);
  assert.deepEqual(hostAddresses('x'), []);
});

test('numbers as the C library reads them, and lines that it passes over', () => {
  const tables = tablesOf({
    passwd:
      'big:x:4294967296:5:::\n+plus:x:5:5:::\n#hash:x:5:5:::\n lead:x: 15:+16:::\nmost:x:4294967295:5:::\n',
    group: 'big:x:4294967296:\n-minus:x:5:\n\vlead:x: 15:\n',
    services: 'cut 65557/tcp\noctal 030005/tcp\nhex 0x10/tcp\nplus +7/tcp\nbig 4294967317/tcp\nfeed\f9/tcp\n',
    protocols: 'plus +17\nmost 4294967295\nbig 4294967297\nnul 3\0 alias\n',
    networks: 'few 10\nbad 300.1\nnone\nhex x0a.0.0.0\n',
  });
  assert.equal(tables.user('big'), undefined);
  assert.equal(tables.user('+plus'), undefined);
  assert.equal(tables.user('#hash'), undefined);
  assert.deepEqual(tables.user('lead'), { uid: 15, gid: 16 });
  assert.equal(tables.userName(5), undefined);
  assert.deepEqual(tables.user('most'), { uid: 4_294_967_295, gid: 5 });
  assert.equal(tables.group('big'), undefined);
  assert.equal(tables.group('-minus'), undefined);
  assert.deepEqual(tables.group('lead'), { gid: 15 });
  const ports = ['cut', 'octal', 'hex', 'plus', 'big', 'feed'].map((name) => tables.servicePort(name, 'tcp'));
  assert.deepEqual(ports, [21, 12_293, 16, 7, undefined, 9]);
  const protocols = ['plus', 'most', 'big', 'nul', 'alias'].map((name) => tables.protocolNumber(name));
  assert.deepEqual(protocols, [17, -1, undefined, 3, undefined]);
  const networks = ['few', 'bad', 'none', 'hex'].map((name) => tables.network(name));
  assert.deepEqual(networks, [0x0a000000, unreadableNetwork, unreadableNetwork, 0x0a000000]);
});

test('addresses of hosts are written out, mapped ones are those of IPv4 too, and case is that of ASCII', () => {
  const { hostAddresses } = tablesOf({
    hosts:
      '127.1 short\n0x7f.1 short\n127.0.0.010 short\n0:0::1 long\n::ffff:10.0.0.1 m\nfe80::1 m\n10.0.0.2 m \xe9\n',
  });
  assert.deepEqual(hostAddresses('short'), []);
  assert.deepEqual(hostAddresses('long'), ['::1']);
  assert.deepEqual(hostAddresses('m'), ['fe80::1', '::ffff:10.0.0.1', '10.0.0.2']);
  assert.deepEqual(hostAddresses('m', 4), ['10.0.0.1', '10.0.0.2']);
  assert.deepEqual(hostAddresses('m', 6), ['fe80::1', '::ffff:10.0.0.1']);
  assert.deepEqual(hostAddresses('\xe9', 4), ['10.0.0.2']);
  assert.deepEqual(hostAddresses('\xc9', 4), []);
});

test('names beyond ASCII are the same text as in a configuration', (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(path.join(folder, 'passwd'), 'caf\xe9:x:5:5:::\n', 'utf8');
  writeFileSync(path.join(folder, 'group'), 'caf\xe9:x:5:\n', 'latin1');
  const tables = readTables(folder, diskFiles({ directory: folder }));
  assert.deepEqual(tables.user('caf\xe9'), { uid: 5, gid: 5 });
  assert.deepEqual(tables.group('caf\xe9'), { gid: 5 });
});

test('files of a folder that stands for the root', (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(path.join(folder, 'etc'));
  writeFileSync(path.join(folder, 'etc', 'services'), 'mine 4711/tcp\n');
  writeFileSync(path.join(folder, 'tool'), '', { mode: 0o755 });
  symlinkSync('nowhere', path.join(folder, 'dangling'));
  const files = diskFiles({ directory: folder, root: folder });
  assert.equal(readTables('/etc', files).servicePort('mine', 'tcp'), 4711);
  assert.equal(files.kind('/etc'), 'directory');
  assert.equal(files.kind('/dangling'), 'missing');
  assert.equal(files.kind('/etc/services/x'), 'missing');
  assert.deepEqual(files.list('etc'), ['services']);
  assert.equal(files.list('/tool'), undefined);
  assert.deepEqual(files.read('/etc'), { error: 'directory' });
  assert.deepEqual(files.read('/none'), { error: 'missing' });
  assert.ok(files.isExecutable('/tool'));
  assert.ok(!files.isExecutable('/none'));
  assert.ok(!files.isExecutable('/etc/services'));
});

test('a file is no folder, whatever stands behind its name', (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(path.join(folder, 'etc'));
  writeFileSync(path.join(folder, 'tool'), '', { mode: 0o755 });
  const rooted = diskFiles({ directory: folder, root: folder });
  const relative = diskFiles({ directory: folder });
  for (const [files, prefix] of [
    [rooted, '/'],
    [relative, ''],
  ] as const) {
    assert.ok(files.isExecutable(`${prefix}tool`));
    assert.ok(files.isExecutable(`${prefix}etc/`));
    for (const end of ['/', '/.', '//']) assert.ok(!files.isExecutable(`${prefix}tool${end}`), end);
  }
  assert.ok(relative.isExecutable('etc/../tool'));
  assert.ok(!relative.isExecutable('none/../tool'));
});

test('what can be appended to', (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(path.join(folder, 'logs'));
  const { canAppend } = startConditions(folder);
  for (const name of ['log', 'logs/log', './log', path.join(folder, 'log')]) assert.ok(canAppend(name), name);
  for (const name of ['logs', 'logs/', '.', 'log/', 'none/log', '/']) assert.ok(!canAppend(name), name);
});

test('files without a size are read to their end; devices are not read at all', () => {
  const files = diskFiles({ directory: '/' });
  const status = files.read('/proc/self/status');
  assert.ok('bytes' in status && status.bytes.length > 100);
  assert.deepEqual(files.read('/dev/zero'), { error: 'device' });
});

test('addresses that every host has', (t) => {
  for (const address of ['127.9.9.9', '0.0.0.0', '::', '::1', '::ffff:127.0.0.1', '224.0.0.1', 'ff02::1']) {
    assert.ok(isAlwaysLocal(address), address);
  }
  assert.ok(!isAlwaysLocal('192.0.2.1'));
  assert.ok(!isAlwaysLocal('2001:db8::1'));
  const conditions = startConditions(temporaryFolder(t));
  assert.ok(conditions.isLocalAddress('127.0.0.1'));
  assert.ok(!conditions.isLocalAddress('192.0.2.1'));
  assert.ok(conditions.canAppend('new.log'));
  assert.ok(!conditions.canAppend('no/such/folder/new.log'));
});
