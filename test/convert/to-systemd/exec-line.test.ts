import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  commandWord,
  environmentWord,
  execLine,
  isProgramPath,
} from '../../../src/convert/to-systemd/exec-line.ts';
import { systemdWords } from '../../support/systemd-words.ts';

test('every character that means something to systemd is taken back', () => {
  const words: readonly (readonly [word: string, written: string])[] = [
    ['-p', '-p'],
    ['100%', '100%%'],
    ['50%%', '50%%%%'],
    ['$HOME', '$$HOME'],
    [`\${X}`, `$\${X}`],
    ['a\\b', 'a\\\\b'],
    ['"quoted', '"\\"quoted"'],
    ["it's", '"it\'s"'],
    ['two words', '"two words"'],
    ['', '""'],
    [';', '\\;'],
    ['x;y', 'x;y'],
    ['a\tb', '"a\\tb"'],
    ['\x01\x7f', '\\x01\\x7f'],
    ['#*~&<|', '#*~&<|'],
  ];
  for (const [word, written] of words) assert.equal(commandWord(word, 'utf8'), written);
});

test('bytes that are no UTF-8 are escaped, letters beyond ASCII are not', () => {
  assert.equal(commandWord('caf\xe9', 'latin1'), 'caf\\xe9');
  assert.equal(commandWord('café', 'utf8'), 'café');
});

test('a dollar sign is a letter in a path and in the environment', () => {
  assert.equal(execLine('/opt/a$b/50%', ['$a'], 'utf8'), '-@/opt/a$b/50%% $$a');
  assert.equal(execLine('/opt/two words', ['x'], 'utf8'), '"-@/opt/two words" x');
  assert.equal(environmentWord('A=$x%"y"', 'utf8'), '"A=$x%%\\"y\\""');
});

test('systemd refuses some paths whatever the quoting', () => {
  for (const path of ['/usr/sbin/x', '/a b', '/x%y$z']) assert.ok(isProgramPath(path), path);
  for (const path of ['x', 'bin/x', '/bin/', "/a'b", '/a"b', '/a\\b', '/a\x7fb', '/']) {
    assert.ok(!isProgramPath(path), path);
  }
});

/** Bytes of all kinds, the ones that mean something to systemd more often than others; a NUL cannot be in an argument. */
const byte = fc.oneof(
  fc.constantFrom(...[...'%$\\"\';{} \t=#a'].map((character) => character.charCodeAt(0))),
  fc.integer({ min: 1, max: 255 }),
);
const bytes = fc.array(byte, { maxLength: 8 }).map((each) => Buffer.from(each));

test('every argument reaches the server byte for byte', () => {
  fc.assert(
    fc.property(fc.array(bytes, { minLength: 1, maxLength: 5 }), (argv) => {
      const words = argv.map((each) => each.toString('latin1'));
      const [path, ...rest] = systemdWords(execLine('/bin/x', words, 'latin1'), true);
      assert.equal(path?.toString(), '-@/bin/x');
      assert.deepEqual(rest, argv);
    }),
    { numRuns: 2000 },
  );
});

test('so does text in UTF-8, and what stands in the environment', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 9 }), (text) => {
      const word = text.replaceAll('\0', '');
      assert.deepEqual(systemdWords(commandWord(word, 'utf8'), true), [Buffer.from(word)]);
      assert.deepEqual(systemdWords(environmentWord(`A=${word}`, 'utf8'), false), [Buffer.from(`A=${word}`)]);
    }),
    { numRuns: 2000 },
  );
});
