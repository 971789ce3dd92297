import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWithinAccessTimes } from '../../../src/serve/admission/access-times.ts';
import { RateWindow } from '../../../src/serve/admission/rate-window.ts';
import { SourceCounter } from '../../../src/serve/admission/source-counter.ts';
import { SourceRates } from '../../../src/serve/admission/source-rates.ts';

test('a window lets exactly its limit through, and begins anew when it is over', () => {
  const window = new RateWindow(2, 1000);
  assert.deepEqual([window.take(0), window.take(999), window.take(999)], [true, true, false]);
  assert.equal(window.take(1000), true);
});

test('a rate of zero lets nobody through', () => {
  assert.equal(new RateWindow(0, 1000).take(0), false);
});

test('each address has a count of its own', () => {
  const counter = new SourceCounter();
  counter.add('a');
  counter.add('a');
  counter.add('b');
  assert.deepEqual([counter.count('a'), counter.count('b'), counter.count('c')], [2, 1, 0]);
  counter.remove('a');
  counter.remove('a');
  counter.remove('b');
  assert.deepEqual([counter.count('a'), counter.count('b')], [0, 0]);
});

test('addresses without a server do not pile up, and those with one are kept', () => {
  const counter = new SourceCounter();
  counter.add('stays');
  for (let client = 0; client < 10_000; client++) {
    counter.add(`client ${client}`);
    counter.remove(`client ${client}`);
    counter.add('comes again');
    counter.remove('comes again');
  }
  assert.equal(counter.count('stays'), 1);
  assert.ok(counter.sources <= 100, `${counter.sources} remembered`);
});

test('rates by address are independent and do not pile up', () => {
  const rates = new SourceRates(1, 60_000);
  assert.equal(rates.take('a', 0), true);
  assert.equal(rates.take('a', 1), false);
  assert.equal(rates.take('b', 1), true);
  assert.equal(rates.take('a', 60_000), true);
  for (let client = 0; client < 50_000; client++) rates.take(`client ${client}`, 60_001);
  assert.ok(rates.sources <= 10_000, `${rates.sources} remembered`);
});

test('access_times include both ends', () => {
  const intervals = [
    { start: 8 * 60, end: 12 * 60 },
    { start: 20 * 60, end: 20 * 60 + 1 },
  ];
  const at = (hours: number, minutes: number): boolean =>
    isWithinAccessTimes(intervals, new Date(2026, 0, 1, hours, minutes, 59).getTime());
  assert.deepEqual([at(7, 59), at(8, 0), at(12, 0), at(12, 1), at(20, 1)], [false, true, true, false, true]);
});
