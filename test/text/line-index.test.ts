import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LineIndex } from '../../src/text/line-index.ts';

test('counts lines and columns from 1', () => {
  const index = new LineIndex('ab\n\ncd');
  assert.equal(index.count, 3);
  assert.deepEqual(
    [0, 2, 3, 4, 6].map((offset) => index.positionAt(offset)),
    [
      { line: 1, column: 1 },
      { line: 1, column: 3 },
      { line: 2, column: 1 },
      { line: 3, column: 1 },
      { line: 3, column: 3 },
    ],
  );
});

test('a text that ends in a line feed has an empty last line', () => {
  const index = new LineIndex('a\n');
  assert.equal(index.count, 2);
  assert.deepEqual(index.positionAt(2), { line: 2, column: 1 });
});

test('only a line feed ends a line, as in the daemons', () => {
  assert.equal(new LineIndex('a\rb\u2028c\r\nd').count, 2);
  assert.deepEqual(new LineIndex('a\r\nb').positionAt(2), { line: 1, column: 3 });
});

test('the start of a line past the end is that of the last one', () => {
  const index = new LineIndex('a\nbc');
  assert.deepEqual(
    [1, 2, 3, 99].map((line) => index.startOf(line)),
    [0, 2, 2, 2],
  );
});

test('property: the position of an offset is what counting line feeds gives', () => {
  const text = fc
    .array(fc.constantFrom('a', '\n', '\r', 'é'), { maxLength: 40 })
    .map((each) => each.join(''));
  fc.assert(
    fc.property(text, fc.nat(40), (full, at) => {
      const offset = Math.min(at, full.length);
      const before = full.slice(0, offset).split('\n');
      const position = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
      assert.deepEqual(new LineIndex(full).positionAt(offset), position);
    }),
    { seed: 20261124 },
  );
});
