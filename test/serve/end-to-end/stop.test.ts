import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, constants, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { constants as systemConstants } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { open, readAll, talk } from '../support/clients.ts';
import { spawnServe, startServe, withoutServe } from '../support/serve-process.ts';
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

test('signals that mean nothing here do not end it', { skip }, async (t) => {
  const serve = await startServe(t, sleeper);
  for (const signal of [
    'SIGALRM',
    'SIGVTALRM',
    'SIGPROF',
    'SIGIO',
    'SIGPWR',
    'SIGSYS',
    'SIGTRAP',
    'SIGUSR1',
  ] as const) {
    serve.child.kill(signal);
    await serve.waitFor(new RegExp(`signal ${signal} does nothing here`));
  }
  assert.equal(await serve.stop(), 0);
});

test('job control does not stop it, as it does not stop xinetd; its servers have their defaults', {
  skip,
}, async (t) => {
  const serve = await startServe(t, {
    config: entry('ignored', { server: '/bin/grep', server_args: 'SigIgn /proc/self/status' }),
  });
  const port = await serve.port('ignored');
  const [, mask] = /^SigIgn:\t(.*)$/m.exec(readFileSync(`/proc/${serve.pid}/status`, 'utf8')) ?? [];
  const stopping = ['SIGTSTP', 'SIGTTIN', 'SIGTTOU'] as const;
  const bits = stopping.reduce(
    (sum, signal) => sum | (1n << BigInt(systemConstants.signals[signal] - 1)),
    0n,
  );
  assert.equal(BigInt(`0x${mask}`) & bits, bits);
  for (const signal of stopping) serve.child.kill(signal);
  assert.equal(await talk(port), 'SigIgn:\t0000000000000000\n');
  assert.equal(await serve.stop(), 0);
});

test('the pid file is there while the daemon works', { skip }, async (t) => {
  const pidFile = join(temporaryFolder(t), 'pid');
  const serve = await startServe(t, { ...sleeper, args: ['-pidfile', pidFile] });
  await serve.fileMatches(pidFile, new RegExp(`^${serve.pid}\n$`));
  await serve.stop();
  assert.equal(existsSync(pidFile), false);
});

test('a pid file that cannot be written is said before anything is started', { skip }, async (t) => {
  const folder = temporaryFolder(t);
  for (const path of ['/no/such/folder/pid', folder]) {
    const serve = spawnServe(t, { ...sleeper, args: ['-pidfile', path] });
    assert.equal(await serve.ended(), 2);
    assert.ok(serve.output.includes(`cannot open ${path}: `), serve.output);
    assert.doesNotMatch(serve.output, /Started working|listening|Exiting/);
  }
});

/** A FIFO that is full, and whose reader stands still. */
function fullFifo(t: TestContext): string {
  const path = join(temporaryFolder(t), 'fifo');
  execFileSync('mkfifo', ['-m', '666', path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  t.after(() => closeSync(reader));
  const writer = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  try {
    for (;;) writeSync(writer, Buffer.alloc(4096));
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'EAGAIN');
  }
  closeSync(writer);
  return path;
}

test('a reader of the logs that stands still keeps neither a reload nor the end', { skip }, async (t) => {
  const fifo = fullFifo(t);
  const log = join(temporaryFolder(t), 'log');
  const config =
    entry('hello', { server: 'FOLDER/hello', log_type: `FILE ${fifo}` }) +
    entry('other', { server: 'FOLDER/hello' });
  const serve = spawnServe(t, {
    config,
    args: ['-filelog', log],
    under: ['sh', '-c', `exec "$@" 2>${fifo}`, 'sh'],
    scripts: { hello: 'echo hello' },
  });
  await serve.fileMatches(log, /Started working: 2 .*\n/);
  const [, port] = /service hello: listening.*:(\d+)$/m.exec(readFileSync(log, 'utf8')) ?? [];
  assert.equal(await talk(Number(port)), 'hello\n');
  serve.child.kill('SIGHUP');
  await serve.fileMatches(log, /Reconfigured/);
  assert.equal(await talk(Number(port)), 'hello\n');
  assert.equal(await serve.stop(), 0);
});

test('standard error that nobody reads does not keep the end', { skip }, async (t) => {
  const fifo = fullFifo(t);
  const log = join(temporaryFolder(t), 'log');
  const serve = spawnServe(t, {
    config: entry('hello', { server: '/bin/true' }),
    args: ['-filelog', log, '--service-log', 'stderr'],
    under: ['sh', '-c', `exec "$@" 2>${fifo}`, 'sh'],
  });
  await serve.fileMatches(log, /Started working: 1 .*\n/);
  const [, port] = /service hello: listening.*:(\d+)$/m.exec(readFileSync(log, 'utf8')) ?? [];
  assert.equal(await talk(Number(port)), '');
  assert.equal(await serve.stop(), 0);
});
