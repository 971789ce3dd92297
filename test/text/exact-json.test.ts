import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { exactJson } from '../../src/text/exact-json.ts';

test('prints as JSON.stringify does, and whole numbers of any size', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const expected = JSON.stringify([1, value], null, 1);
      assert.equal(exactJson([1n, value]), expected);
      assert.equal(exactJson([1, value]), expected);
    }),
  );
  assert.equal(exactJson({ a: [2n ** 64n - 2n], b: undefined }), '{\n "a": [\n  18446744073709551614\n ]\n}');
});
