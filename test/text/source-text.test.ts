import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SourceText } from '../../src/text/source-text.ts';

test('valid UTF-8 is read as such, with its byte order mark', () => {
  const source = SourceText.fromBytes('x', Buffer.from('\uFEFFcafé'));
  assert.equal(source.encoding, 'utf8');
  assert.equal(source.text, '\uFEFFcafé');
});

test('anything else is read as one unit for each byte', () => {
  const source = SourceText.fromBytes('x', Buffer.from([0x61, 0xe9, 0x00, 0xff]));
  assert.equal(source.encoding, 'latin1');
  assert.equal(source.text, 'a\u00e9\0\u00ff');
});

test('a piece is encoded as the file was', () => {
  const latin = SourceText.fromBytes('x', Buffer.from([0xe9]));
  assert.deepEqual(latin.encode('é'), Buffer.from([0xe9]));
  assert.deepEqual(new SourceText('x', '').encode('é'), Buffer.from('é'));
});

test('places and pieces of the text', () => {
  const source = new SourceText('x', 'ab\ncd\n');
  assert.equal(source.slice({ start: 1, end: 4 }), 'b\nc');
  assert.equal(source.lineAt(4), 2);
  assert.deepEqual(source.positionAt(4), { line: 2, column: 2 });
});

test('property: bytes come back unchanged', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      assert.deepEqual(SourceText.fromBytes('x', Buffer.from(bytes)).encode(), Buffer.from(bytes));
    }),
    { numRuns: 500, seed: 20261124 },
  );
});
