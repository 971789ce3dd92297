import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesOfText, nameOnDisk, textOfBytes } from '../../src/text/bare-bytes.ts';
import { escapeControl } from '../../src/text/escape-control.ts';
import { SourceText } from '../../src/text/source-text.ts';

const name = (...bytes: readonly (number | string)[]) =>
  Buffer.concat(bytes.map((each) => (typeof each === 'string' ? Buffer.from(each) : Buffer.of(each))));

test('names of any bytes become text and lead back to the same bytes', () => {
  const names = [
    name('a'),
    name('é'),
    name(0xe9, 'x'),
    name(0xff),
    name('💀', 0x80, '💀'),
    name(0xed, 0xb2, 0x80),
    name(0xc3),
    name(0xf0, 0x9f, 0x92, 'é'),
    Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  ];
  assert.equal(new Set(names.map(textOfBytes)).size, names.length);
  for (const each of names) assert.deepEqual(bytesOfText(textOfBytes(each)), each);
});

test('a name of characters alone is plain text', () => {
  assert.equal(textOfBytes(name('é💀')), 'é💀');
  assert.equal(nameOnDisk('é💀'), 'é💀');
  assert.deepEqual(nameOnDisk(textOfBytes(name('é', 0xe9))), name('é', 0xe9));
});

test('bytes that steer a terminal are made visible, letters are not', () => {
  assert.equal(escapeControl(textOfBytes(name(0x9b, '💀'))), '\\x9b💀');
  assert.deepEqual(bytesOfText(escapeControl(textOfBytes(name(0xe9)))), name(0xe9));
});

test('a word of a file names what has the bytes that stand there', () => {
  const word = (bytes: Buffer) => {
    const source = SourceText.fromBytes('main.conf', bytes);
    return bytesOfText(source.fileName(source.text));
  };
  for (const bytes of [name('é'), name('é', 0xe9), name(0xe9)]) assert.deepEqual(word(bytes), bytes);
});
