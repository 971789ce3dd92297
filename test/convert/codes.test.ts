import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meaningOfCode } from '../../src/convert/codes.ts';
import { convertCases } from '../support/convert-cases.ts';

test('the levels of the table are those of the recorded cases', () => {
  for (const { name, diagnostics } of convertCases()) {
    for (const { level, code } of diagnostics) {
      const known = meaningOfCode(code);
      if (known !== undefined) assert.ok(known.level.includes(level), `${name}: ${level} ${code}`);
    }
  }
});
