import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, readSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { FileSink } from '../../../src/serve/log/file-sink.ts';
import { openStandardError } from '../../../src/serve/log/standard-error.ts';
import { RunningAddon, withoutAddon } from '../../native/harness.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const refuseToSend = { send: () => assert.fail('a file is written to') };

/** More than the kernel keeps for a reader. */
const lines = Array.from({ length: 8000 }, (_, at) => `${at} ${'x'.repeat(1000)}`);

/** Both ends of a connection: a descriptor, and a reader that has not begun to read. */
async function connection(
  t: TestContext,
): Promise<{ addon: RunningAddon['addon']; fd: number; reader: Socket }> {
  const running = new RunningAddon(t);
  const { addon } = running;
  // Without a size of its own the buffer grows with what is sent.
  const listener = addon.openSocket({
    family: 'inet',
    type: 'stream',
    address: '127.0.0.1',
    sendBuffer: 64 * 1024,
  });
  t.after(() => addon.close(listener.fd));
  addon.watch(listener.fd, 'accept');
  const reader = connect({ port: listener.name.port, host: '127.0.0.1' });
  t.after(() => reader.destroy());
  const { fd } = await running.wait('accepted');
  t.after(() => addon.close(fd));
  return { addon, fd, reader };
}

test('a socket that nobody reads holds nothing up, and gets all lines when it is read', {
  skip: withoutAddon,
}, async (t) => {
  const { addon, fd, reader } = await connection(t);
  const sink = await new Promise<FileSink>((resolve) => {
    const send = (to: number, bytes: Uint8Array) => {
      const sent = addon.send(to, bytes);
      if (sent === null) resolve(full);
      return sent;
    };
    const full = openStandardError({ send }, fd);
    for (const line of lines.slice(0, 3000)) full.write(line);
  });
  // What may wait for a reader has a bound: the lines come in parts.
  for (const line of lines.slice(3000, 6000)) sink.write(line);
  let text = '';
  reader.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await sink.flush();
  for (const line of lines.slice(6000)) sink.write(line);
  await sink.flush();
  const whole = lines.map((line) => `${line}\n`).join('');
  while (text.length < whole.length) await new Promise((resolve) => reader.once('data', resolve));
  assert.equal(text, whole);
});

test('a socket whose reader has gone costs lines, not the daemon', { skip: withoutAddon }, async (t) => {
  const { addon, fd, reader } = await connection(t);
  const sink = openStandardError(addon, fd);
  reader.resetAndDestroy();
  for (const line of lines.slice(0, 3000)) sink.write(line);
  await sink.flush();
  sink.write('and one more');
  await sink.close();
});

test('a file is written to, behind what is in it', async (t) => {
  const path = join(temporaryFolder(t), 'log');
  const fd = openSync(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT);
  t.after(() => closeSync(fd));
  const sink = openStandardError(refuseToSend, fd);
  sink.write('one');
  sink.write('two');
  await sink.close();
  assert.equal(readFileSync(path, 'utf8'), 'one\ntwo\n');
});

test('the open file of a pipe, which others write to as well, is left as it is', async (t) => {
  const path = join(temporaryFolder(t), 'pipe');
  execFileSync('mkfifo', [path]);
  const fd = openSync(path, constants.O_RDWR);
  t.after(() => closeSync(fd));
  const flags = () => /^flags:\t(.*)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1];
  const before = flags();
  const sink = openStandardError(refuseToSend, fd);
  sink.write('through the pipe');
  await sink.close();
  assert.equal(flags(), before);
  const reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  t.after(() => closeSync(reading));
  const bytes = Buffer.alloc(100);
  assert.equal(bytes.toString('utf8', 0, readSync(reading, bytes)), 'through the pipe\n');
});
