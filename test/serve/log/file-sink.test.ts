import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FileSink, openFileSink } from '../../../src/serve/log/file-sink.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('lines are appended in order', async (t) => {
  const path = join(temporaryFolder(t), 'log');
  writeFileSync(path, 'before\n');
  const sink = await openFileSink(path, { name: path, trouble: assert.fail });
  for (let line = 0; line < 1000; line++) sink.write(`line ${line}`);
  await sink.close();
  const lines = readFileSync(path, 'utf8').split('\n');
  assert.equal(lines.length, 1002);
  assert.deepEqual([lines[0], lines[1], lines[1000]], ['before', 'line 0', 'line 999']);
});

test('past the soft limit it is said once, past the hard limit nothing more is written', async (t) => {
  const path = join(temporaryFolder(t), 'log');
  const troubles: string[] = [];
  const limits = { soft: 10, hard: 20 };
  const sink = await openFileSink(path, { name: 'it', trouble: (text) => troubles.push(text), ...limits });
  for (let line = 0; line < 10; line++) {
    sink.write('12345678');
    await sink.flush();
  }
  await sink.close();
  assert.equal(readFileSync(path, 'utf8').length, 27);
  assert.deepEqual(troubles, ['Size of it exceeded soft limit', 'Size of it exceeded hard limit']);
});

test('what is in the file already counts against the limits', async (t) => {
  const path = join(temporaryFolder(t), 'log');
  writeFileSync(path, 'x'.repeat(100));
  const troubles: string[] = [];
  const sink = await openFileSink(path, { name: 'it', trouble: (text) => troubles.push(text), hard: 50 });
  sink.write('one');
  await sink.close();
  assert.deepEqual(troubles, ['Size of it exceeded hard limit']);
});

test('a full disk is said once and the daemon goes on', async () => {
  const troubles: string[] = [];
  const sink = await openFileSink('/dev/full', { name: 'it', trouble: (text) => troubles.push(text) });
  for (let line = 0; line < 3; line++) {
    sink.write('lost');
    await sink.flush();
  }
  const noSpace = 'No space left on device (errno = 28)';
  assert.deepEqual(troubles, [`writing it failed: ${noSpace}`]);
  await sink.close();
  assert.deepEqual(troubles.slice(1), [`3 lines of it were lost: ${noSpace}`]);
});

test('when there is room again it is said how many lines were lost, and the one that had begun ends', async () => {
  const troubles: string[] = [];
  let room = 'first\nsec'.length;
  let text = '';
  const send = (bytes: Uint8Array): number => {
    if (room === 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    const taken = bytes.subarray(0, room);
    text += Buffer.from(taken).toString();
    room -= taken.length;
    return taken.length;
  };
  const sink = new FileSink(-1, false, 0, { name: 'it', trouble: (said) => troubles.push(said), send });
  for (const line of ['first', 'second', 'third']) {
    sink.write(line);
    await sink.flush();
  }
  room = 100;
  sink.write('fourth');
  await sink.close();
  assert.equal(text, 'first\nsecond\nfourth\n');
  const noSpace = 'No space left on device (errno = 28)';
  assert.deepEqual(troubles, [`writing it failed: ${noSpace}`, `1 line of it was lost: ${noSpace}`]);
});

test('a reader that stands still costs lines, not memory', async () => {
  const troubles: string[] = [];
  const sink = await openFileSink('/dev/null', { name: 'it', trouble: (text) => troubles.push(text) });
  const line = 'x'.repeat(1024 * 1024);
  for (let count = 0; count < 8; count++) sink.write(line);
  await sink.close();
  assert.match(troubles.join('\n'), /^[1-4] lines of it were lost/);
});
