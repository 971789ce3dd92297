import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { open, readAll } from '../support/clients.ts';
import { startServe, withoutServe } from '../support/serve-process.ts';
import { entry } from '../support/service-text.ts';

const skip = withoutServe();
const args = ['--service-log', 'stderr'];
const sleeper = { config: entry('sleep', { server: 'FOLDER/sleep' }), scripts: { sleep: 'exec sleep 600' } };

test('TERM ends the servers and then the daemon', { skip }, async (t) => {
  const serve = await startServe(t, { ...sleeper, args });
  const socket = await open(await serve.port('sleep'));
  await serve.waitFor(/START: sleep/);
  assert.equal(await serve.stop('SIGTERM'), 0);
  await readAll(socket);
  assert.match(serve.output, /EXIT: sleep signal=15/);
});

test('a server that does not listen to TERM is killed after the grace time', { skip }, async (t) => {
  const serve = await startServe(t, {
    args: [...args, '--grace', '0.2'],
    config: entry('stubborn', { server: 'FOLDER/stubborn' }),
    scripts: { stubborn: "trap '' TERM; echo ready; while :; do sleep 600; done" },
  });
  const socket = await open(await serve.port('stubborn'));
  await new Promise((resolve) => socket.once('data', resolve));
  assert.equal(await serve.stop('SIGTERM'), 0);
  assert.match(serve.output, /EXIT: stubborn signal=9/);
});

test('QUIT leaves the servers alone', { skip }, async (t) => {
  const serve = await startServe(t, {
    args,
    config: entry('echo', { server: '/bin/cat' }),
  });
  const socket = await open(await serve.port('echo'));
  await serve.waitFor(/START: echo/);
  assert.equal(await serve.stop('SIGQUIT'), 0);
  socket.end('still there');
  assert.equal(await readAll(socket), 'still there');
});

test('the pid file is there while the daemon works', { skip }, async (t) => {
  const pidFile = join(temporaryFolder(t), 'pid');
  const serve = await startServe(t, { ...sleeper, args: ['-pidfile', pidFile] });
  await serve.fileMatches(pidFile, new RegExp(`^${serve.pid}\n$`));
  await serve.stop();
  assert.equal(existsSync(pidFile), false);
});
