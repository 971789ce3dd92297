import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LintProgress } from '../../src/commands/lint-progress.ts';
import { fakeIo } from '../support/fake-io.ts';

function watched(env: Readonly<Record<string, string>> = {}, isTTY = true) {
  const io = fakeIo({ env });
  const time = { now: 0 };
  const stderr = Object.assign(io.stderr, { isTTY });
  const progress = new LintProgress({ stderr, env }, 1000, () => time.now);
  return { io, time, progress };
}

test('a long run says on a terminal how far it is, and takes the line away', () => {
  const { io, time, progress } = watched();
  progress.add(100);
  assert.equal(io.err(), '');
  time.now = 500;
  progress.add(100);
  assert.equal(io.err(), '\r\u001b[K200 of 1000 files');
  time.now = 550;
  progress.add(100);
  time.now = 600;
  progress.add(100);
  assert.equal(io.err().split('\r').at(-1), '\u001b[K400 of 1000 files');
  progress.end();
  assert.equal(io.err().split('\r').at(-1), '\u001b[K');
});

test('a short run says nothing', () => {
  const { io, time, progress } = watched();
  time.now = 499;
  progress.add(1000);
  progress.end();
  assert.equal(io.err(), '');
});

test('nothing is said where nobody watches', () => {
  for (const { io, time, progress } of [
    watched({ CI: 'true' }),
    watched({}, false),
    watched({ TERM: 'dumb' }),
  ]) {
    time.now = 9999;
    progress.add(10);
    progress.end();
    assert.equal(io.err(), '');
  }
});
