import assert from 'node:assert/strict';
import { getPriority } from 'node:os';
import { test } from 'node:test';
import { talk } from '../support/clients.ts';
import { Probed } from '../support/probed.ts';
import { probe, spawnServe, startServe, withoutServe } from '../support/serve-process.ts';
import { type EntryText, entry } from '../support/service-text.ts';

const isRoot = process.getuid?.() === 0;
const skip = withoutServe();
const probed: EntryText = { server: '/bin/sh', server_args: `${probe} one two`, passenv: '' };

test('a server finds a clean place: own session, root folder, no signals off, only its socket', {
  skip,
}, async (t) => {
  const serve = await startServe(t, { config: entry('probe', probed) });
  const seen = new Probed(await talk(await serve.port('probe')));
  assert.deepEqual(seen.values('argument'), ['sh', probe, 'one', 'two']);
  assert.deepEqual(seen.values('environment'), ['REMOTE_HOST=127.0.0.1']);
  assert.deepEqual(seen.values('cwd'), ['/']);
  assert.deepEqual(seen.values('session leader'), ['yes']);
  assert.deepEqual(seen.values('terminal'), ['0']);
  assert.deepEqual(seen.values('blocked'), ['0000000000000000']);
  assert.deepEqual(seen.values('ignored'), ['0000000000000000']);
  assert.deepEqual(seen.descriptors(), ['0 socket', '1 socket', '2 socket']);
});

test('environment: passenv picks from the daemon’s, env replaces and adds', { skip }, async (t) => {
  const attributes = { ...probed, passenv: 'COLOUR LANG', env: 'LANG=de SIZE=big' };
  const serve = await startServe(t, {
    config: entry('probe', attributes),
    env: { COLOUR: 'blue', LANG: 'C', SECRET: 'x' },
  });
  const seen = new Probed(await talk(await serve.port('probe')));
  assert.deepEqual(seen.values('environment'), [
    'COLOUR=blue',
    'LANG=de',
    'SIZE=big',
    'REMOTE_HOST=127.0.0.1',
  ]);
});

test('NAMEINARGS gives the server another name', { skip }, async (t) => {
  const attributes = { ...probed, server_args: `another ${probe}`, flags: 'NAMEINARGS NOLIBWRAP' };
  const serve = await startServe(t, { config: entry('probe', attributes) });
  const seen = new Probed(await talk(await serve.port('probe')));
  assert.deepEqual(seen.values('argument'), ['another', probe]);
});

test('umask, nice and limits are as configured', { skip }, async (t) => {
  const limits = {
    umask: '027',
    nice: 3,
    rlimit_files: 100,
    rlimit_cpu: 20,
    rlimit_as: '64M',
    rlimit_stack: '4M',
  };
  const serve = await startServe(t, { config: entry('probe', { ...probed, ...limits }) });
  const seen = new Probed(await talk(await serve.port('probe')));
  assert.deepEqual(seen.values('umask'), ['0027']);
  assert.deepEqual(seen.values('nice'), [`${Math.min(getPriority() + 3, 19)}`]);
  const shown = seen.values('limit');
  for (const limit of [
    'open files 100 100',
    'cpu time 20 20',
    'address space 67108864 67108864',
    'stack size 4194304 4194304',
  ]) {
    assert.ok(shown.includes(limit), `${limit} is not among\n${shown.join('\n')}`);
  }
});

test('user, group and no other groups', { skip: skip || (!isRoot && 'needs root') }, async (t) => {
  const serve = await startServe(t, {
    config:
      entry('own', { ...probed, user: 'nobody' }) +
      entry('other', { ...probed, user: 'nobody', group: 'daemon' }),
  });
  const own = new Probed(await talk(await serve.port('own')));
  assert.deepEqual(own.values('uid'), ['65534\t65534\t65534\t65534']);
  assert.deepEqual(own.values('gid'), ['65534\t65534\t65534\t65534']);
  assert.deepEqual(own.values('groups'), ['']);
  const other = new Probed(await talk(await serve.port('other')));
  assert.deepEqual(other.values('gid'), ['1\t1\t1\t1']);
});

test('a nice value below zero works for servers of other users, as it is set before the change of user', {
  skip: skip || (!isRoot && 'needs root'),
}, async (t) => {
  const serve = await startServe(t, { config: entry('probe', { ...probed, user: 'nobody', nice: -5 }) });
  const seen = new Probed(await talk(await serve.port('probe')));
  assert.deepEqual(seen.values('nice'), [`${getPriority() - 5}`]);
});

const asNobody = ['setpriv', '--reuid=65534', '--regid=65534'];

test('a server of an ordinary user has none of the capabilities that the daemon was given', {
  skip: skip || (!isRoot && 'starts as another user'),
}, async (t) => {
  const capabilities = '+net_bind_service,+setuid';
  const serve = await startServe(t, {
    under: [...asNobody, '--clear-groups', `--inh-caps=${capabilities}`, `--ambient-caps=${capabilities}`],
    config: entry('probe', { ...probed, user: 'nobody' }),
  });
  const seen = new Probed(await talk(await serve.port('probe')));
  assert.deepEqual(
    seen.values('capabilities').map((value) => value.replace('\t', ' ')),
    ['CapInh', 'CapPrm', 'CapEff', 'CapAmb'].map((name) => `${name} 0000000000000000`),
  );
});

test('nor has it groups that its entry does not speak of', {
  skip: skip || (!isRoot && 'starts as another user'),
}, async (t) => {
  const serve = spawnServe(t, {
    under: ['setpriv', '--reuid=65534', '--regid=0', '--groups=0,4,27'],
    config:
      entry('group', { ...probed, user: 'nobody' }) +
      entry('groups', { ...probed, user: 'nobody', group: 'root' }) +
      entry('more', { ...probed, user: 'nobody', group: 'root', groups: 'yes' }),
  });
  assert.equal(await serve.ended(), 1);
  assert.match(serve.output, /Service group is not started: user: only root .* this is gid 0 \(/);
  for (const id of ['groups', 'more']) {
    assert.match(serve.output, new RegExp(`Service ${id} is not started: groups: only root .* has 4, 27 `));
  }
});

test('bytes reach a server as they are in the file', { skip }, async (t) => {
  const serve = await startServe(t, {
    config: entry('probe', { ...probed, server_args: `${probe} über`, env: 'WORT=Grüße' }),
  });
  const seen = new Probed(await talk(await serve.port('probe')));
  assert.deepEqual(seen.values('argument').at(-1), 'über');
  assert.deepEqual(seen.values('environment'), ['WORT=Grüße', 'REMOTE_HOST=127.0.0.1']);
});

test('an ordinary user serves what is his, and hears why the rest is not served', {
  skip: skip || (!isRoot && 'starts as another user'),
}, async (t) => {
  const serve = await startServe(t, {
    uid: 65534,
    config:
      entry('mine', { ...probed, user: 'nobody' }) +
      entry('root', { ...probed, user: 'root' }) +
      entry('fast', { ...probed, user: 'nobody', nice: -5 }),
  });
  const seen = new Probed(await talk(await serve.port('mine')));
  assert.deepEqual(seen.values('uid'), ['65534\t65534\t65534\t65534']);
  await serve.waitFor(/Service root is not started: user: only root .*xinetd\.conf:\d+/);
  await serve.waitFor(/Service fast is not started: nice: only root .*xinetd\.conf:\d+/);
});
