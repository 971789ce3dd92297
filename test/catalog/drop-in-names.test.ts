import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dropInNames } from '../../src/catalog/drop-in-names.ts';

test('reads what includedir reads, in its order', () => {
  const names = ['a-x', 'echo.rpmnew', '_x', 'B-x', '9-x', 'old~', '10-x', '#hash#', '.hidden'];
  assert.deepEqual(dropInNames(names), ['#hash#', '10-x', '9-x', 'B-x', '_x', 'a-x']);
});

test('sorts by bytes, not by UTF-16 units', () => {
  assert.deepEqual(dropInNames(['\u{1f600}', '\uff21']), ['\uff21', '\u{1f600}']);
});
