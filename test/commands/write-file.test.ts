import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeFileAtomically } from '../../src/commands/write-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const oldText = Buffer.from('old\n');
const newText = Buffer.from('new\n');

test('replaces the content, keeps the mode, leaves nothing else behind', (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'conf');
  writeFileSync(file, oldText);
  chmodSync(file, 0o640);
  const { ino } = statSync(file);
  writeFileAtomically(file, newText, { expected: oldText });
  assert.deepEqual(readFileSync(file), newText);
  assert.equal(statSync(file).mode & 0o7777, 0o640);
  assert.notEqual(statSync(file).ino, ino, 'a new file was moved into place');
  assert.deepEqual(readdirSync(folder), ['conf']);
});

test('makes a file that was not there', (t) => {
  const file = join(temporaryFolder(t), 'conf');
  writeFileAtomically(file, newText);
  assert.deepEqual(readFileSync(file), newText);
});

const notRoot = process.getuid?.() !== 0 && 'only root can give files away';
test('keeps the owner', { skip: notRoot }, (t) => {
  const file = join(temporaryFolder(t), 'conf');
  writeFileSync(file, oldText);
  chownSync(file, 1234, 2345);
  chmodSync(file, 0o4711);
  writeFileAtomically(file, newText);
  const { uid, gid, mode } = statSync(file);
  assert.deepEqual([uid, gid, mode & 0o7777], [1234, 2345, 0o4711]);
});

test('follows a symbolic link to its target', (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'real'));
  writeFileSync(join(folder, 'real/conf'), oldText);
  symlinkSync('real/conf', join(folder, 'link'));
  writeFileAtomically(join(folder, 'link'), newText);
  assert.ok(lstatSync(join(folder, 'link')).isSymbolicLink());
  assert.deepEqual(readFileSync(join(folder, 'real/conf')), newText);
});

test('leaves a file alone that holds something else by now, or is gone', (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'conf');
  writeFileSync(file, 'edited meanwhile\n');
  assert.throws(() => writeFileAtomically(file, newText, { expected: oldText }), /changed by someone else/);
  assert.equal(readFileSync(file, 'utf8'), 'edited meanwhile\n');
  const gone = join(folder, 'gone');
  assert.throws(() => writeFileAtomically(gone, newText, { expected: oldText }), /changed by someone else/);
  assert.ok(!existsSync(gone));
  assert.deepEqual(readdirSync(folder), ['conf']);
});

test('passes over a file that a crashed run left behind', (t) => {
  const folder = temporaryFolder(t);
  const left = `.conf.${process.pid}-0`;
  writeFileSync(join(folder, left), 'half');
  writeFileAtomically(join(folder, 'conf'), newText);
  assert.deepEqual(readdirSync(folder).sort(), [left, 'conf']);
  assert.deepEqual(readFileSync(join(folder, 'conf')), newText);
});

test('names the file and the reason when it cannot be written', (t) => {
  const folder = temporaryFolder(t);
  assert.throws(
    () => writeFileAtomically(join(folder, 'none/conf'), newText),
    /none\/conf: cannot write: no such file or directory$/,
  );
  assert.throws(() => writeFileAtomically(folder, newText), /: not a regular file$/);
});
