import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contains } from '../../src/text/range.ts';
import { applyEdits } from '../../src/text/text-edit.ts';

test('edits may come in any order', () => {
  const edits = [
    { start: 4, end: 5, text: 'E' },
    { start: 0, end: 1, text: 'A' },
    { start: 2, end: 3, text: '' },
  ];
  assert.equal(applyEdits('abcde', edits), 'AbdE');
});

test('two insertions at one place keep their order, in front of a replacement there', () => {
  const edits = [
    { start: 1, end: 2, text: 'B' },
    { start: 1, end: 1, text: '1' },
    { start: 1, end: 1, text: '2' },
  ];
  assert.equal(applyEdits('abc', edits), 'a12Bc');
});

test('edits that touch do not overlap', () => {
  const edits = [
    { start: 0, end: 1, text: 'x' },
    { start: 1, end: 2, text: 'y' },
  ];
  assert.equal(applyEdits('ab', edits), 'xy');
});

test('overlapping edits and edits outside of the text are refused', () => {
  const wrong = [
    [
      { start: 0, end: 2, text: '' },
      { start: 1, end: 3, text: '' },
    ],
    [{ start: 2, end: 1, text: '' }],
    [{ start: 0, end: 4, text: '' }],
  ];
  for (const edits of wrong) assert.throws(() => applyEdits('abc', edits), RangeError);
});

test('a range contains itself and what lies within', () => {
  const outer = { start: 2, end: 5 };
  assert.ok(contains(outer, outer));
  assert.ok(contains(outer, { start: 3, end: 3 }));
  assert.ok(!contains(outer, { start: 1, end: 3 }));
  assert.ok(!contains(outer, { start: 4, end: 6 }));
});
