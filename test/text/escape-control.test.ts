import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escapeControl } from '../../src/text/escape-control.ts';

test('shows control characters and leaves the rest', () => {
  assert.equal(escapeControl('a\x1b[31mb\x00\x7f\x9b\n\t'), 'a\\x1b[31mb\\x00\\x7f\\x9b\\x0a\\x09');
  assert.equal(escapeControl('\u202egnp.exe\u2066'), '\\u202egnp.exe\\u2066');
  assert.equal(escapeControl('größe 日本 \\'), 'größe 日本 \\');
});
