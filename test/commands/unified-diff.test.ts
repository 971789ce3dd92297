import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyPatch } from 'diff';
import fc from 'fast-check';
import { unifiedDiff } from '../../src/commands/unified-diff.ts';
import { SourceText } from '../../src/text/source-text.ts';

function wholeFileDiff(before: string, after: string, isColored = false): string {
  const edit = { start: 0, end: before.length, text: after };
  return unifiedDiff(new SourceText('x.conf', before), [edit], isColored);
}

test('changes that are near each other are one hunk, others are not', () => {
  const before = Array.from({ length: 30 }, (_, index) => `${index}\n`);
  const after = before.map((line, index) => ([3, 9, 25].includes(index) ? `new ${line}` : line));
  const diff = wholeFileDiff(before.join(''), after.join(''));
  assert.deepEqual(diff.match(/^@@.*$/gm), ['@@ -1,13 +1,13 @@', '@@ -23,7 +23,7 @@']);
});

test('no change is no text', () => {
  assert.equal(wholeFileDiff('a\n', 'a\n'), '');
  assert.equal(unifiedDiff(new SourceText('x', 'a\n'), [], true), '');
});

test('a missing line end is said', () => {
  assert.equal(
    wholeFileDiff('a', 'a\n'),
    '--- x.conf\n+++ x.conf\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n',
  );
});

test('lines that come out of nothing stand behind line 0', () => {
  assert.equal(wholeFileDiff('', 'a\n'), '--- x.conf\n+++ x.conf\n@@ -0,0 +1 @@\n+a\n');
});

test('several edits of whole lines', () => {
  const source = new SourceText('x.conf', 'a\nb\nc\nd\n');
  const edits = [
    { start: 0, end: 2, text: 'A\n' },
    { start: 6, end: 8, text: '' },
  ];
  assert.equal(
    unifiedDiff(source, edits, false),
    '--- x.conf\n+++ x.conf\n@@ -1,4 +1,3 @@\n-a\n+A\n b\n c\n-d\n',
  );
});

test('texts that have nothing in common are shown whole, without a long search', () => {
  const before = Array.from({ length: 200_000 }, (_, index) => `old ${index}\n`).join('');
  const after = before.replaceAll('old', 'new');
  assert.equal(wholeFileDiff(before, after).match(/^[-+](?:old|new)/gm)?.length, 400_000);
});

test('property: the patch of a text applies to it and gives the other', () => {
  const text = fc
    .array(fc.constantFrom('a\n', 'b\n', 'c\r\n', '\n', 'd'), { maxLength: 25 })
    .map((each) => each.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      fc.pre(before !== after);
      const options = { autoConvertLineEndings: false };
      assert.equal(applyPatch(before, wholeFileDiff(before, after), options), after);
    }),
    { numRuns: 500, seed: 20261124 },
  );
});
