import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintText } from './support/lint-text.ts';

const entry = 'service x\n{\n}\n';

/** Processor time for an entry and lines behind it that belong to none. */
function cost(lines: number): number {
  const before = process.cpuUsage();
  lintText(entry + '}\n'.repeat(lines));
  return process.cpuUsage(before).user;
}

test('eight times the stray braces take about eight times the time', () => {
  const growth = () => cost(16_000) / Math.max(1, cost(2000));
  // What else the machine does, and when memory is collected, only ever adds to the one or the other.
  const factor = Math.min(growth(), growth(), growth());
  assert.ok(factor < 24, `${factor} times as long`);
});
