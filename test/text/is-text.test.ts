import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isText } from '../../src/text/is-text.ts';

const text = 'service web\n{\n\tport = 80\n}\n';

test('UTF-16 is meant as text, with a byte order mark and without', () => {
  const little = Buffer.from(text, 'utf16le');
  assert.ok(isText(little));
  assert.ok(isText(Buffer.from(little).swap16()));
  assert.ok(isText(Buffer.concat([Buffer.from([0xff, 0xfe]), little])));
});

test('NULs without a system are no text', () => {
  assert.ok(!isText(Buffer.alloc(64)));
  assert.ok(!isText(Buffer.from([1, 2, 3, 0, 0, 0, 0, 4, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7])));
});
