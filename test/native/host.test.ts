import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { addonFile, scratchFolder, theAddon, withoutAddon } from './harness.ts';

const skip = withoutAddon;

test('users and groups by name and number', { skip }, () => {
  const addon = theAddon();
  const self = userInfo();
  const user = addon.userByName(self.username);
  assert.deepEqual(user, {
    name: self.username,
    uid: self.uid,
    gid: user?.gid,
    home: self.homedir,
    shell: self.shell,
  });
  assert.deepEqual(addon.userById(self.uid), user);
  const group = addon.groupById(0);
  assert.equal(group?.name, 'root');
  assert.deepEqual(addon.groupByName('root'), group);
});

test('who is unknown is null', { skip }, () => {
  const addon = theAddon();
  assert.equal(addon.userByName('no-such-user'), null);
  assert.equal(addon.userById(4_000_000_001), null);
  assert.equal(addon.groupByName(''), null);
  assert.equal(addon.groupById(4_000_000_001), null);
  assert.throws(() => addon.userByName('a\0b'), { code: 'EINVAL' });
  assert.throws(() => addon.userByName('x'.repeat(300)), { code: 'ENAMETOOLONG' });
  assert.throws(() => addon.userById(-1), TypeError);
});

test('the groups of a user, the given one first', { skip }, () => {
  const list = theAddon().groupList('root', 4711);
  assert.equal(list[0], 4711);
  assert.deepEqual(theAddon().groupList('no-such-user', 12), [12]);
});

test('limits of the process itself', { skip }, () => {
  const addon = theAddon();
  const before = addon.getResourceLimit('core');
  addon.setResourceLimit('core', { soft: 0, hard: before.hard });
  assert.deepEqual(addon.getResourceLimit('core'), { soft: 0, hard: before.hard });
  addon.setResourceLimit('core', before);
  assert.deepEqual(addon.getResourceLimit('core'), before);
  assert.throws(() => addon.setResourceLimit('core', { soft: 2, hard: 1 }), {
    code: 'EINVAL',
    syscall: 'setrlimit',
  });
});

test('a session of its own', { skip }, () => {
  // In a process of its own, as it cannot be undone; there it leads a group, so that the call has to fail.
  const script = `
    const module_ = { exports: {} };
    process.dlopen(module_, ${JSON.stringify(addonFile)});
    module_.exports.setErrorFactory((errno, syscall) => new Error(syscall + ' ' + errno));
    module_.exports.setsid();
    try { module_.exports.setsid(); } catch (error) { process.stdout.write(error.message); }`;
  assert.equal(spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout, 'setsid 1');
});

test('datagrams to local daemons', { skip }, (t) => {
  const addon = theAddon();
  const fd = addon.openLocalDatagram();
  t.after(() => addon.close(fd));
  const path = join(scratchFolder(t), 'log');
  const line = Buffer.from('<30>xcfg[1]: started');
  assert.equal(addon.sendLocal(fd, path, line), 'ENOENT');
  for (const address of [path, `@xcfg-test-log-${process.pid}`]) {
    const receiver = addon.openSocket({ family: 'unix', type: 'dgram', address });
    assert.equal(addon.sendLocal(fd, address, line), null);
    const buffer = Buffer.alloc(100);
    const received = addon.receive(receiver.fd, buffer, false) ?? 0;
    assert.equal(buffer.toString('latin1', 0, received), line.toString());
    addon.close(receiver.fd);
    assert.equal(addon.sendLocal(fd, address, line), 'ECONNREFUSED');
  }
});

test('a receiver that is behind does not hold up the sender', { skip }, (t) => {
  const addon = theAddon();
  const fd = addon.openLocalDatagram();
  const address = `@xcfg-test-behind-${process.pid}`;
  const receiver = addon.openSocket({ family: 'unix', type: 'dgram', address });
  t.after(() => {
    addon.close(fd);
    addon.close(receiver.fd);
  });
  const outcomes = new Set(
    Array.from({ length: 5000 }, () => addon.sendLocal(fd, address, Buffer.from('x'))),
  );
  assert.deepEqual([...outcomes], [null, 'EAGAIN']);
});
