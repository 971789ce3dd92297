import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { systemClock } from '../../src/serve/clock.ts';

/** Takes the place of setTimeout and says how long each wait is; `fire` ends the last one. */
function waits(t: TestContext): { readonly delays: number[]; fire(): void } {
  const delays: number[] = [];
  let last: () => void = () => undefined;
  t.mock.method(globalThis, 'setTimeout', (action: (left: number) => void, delay: number, left: number) => {
    delays.push(delay);
    last = () => action(left);
  });
  return { delays, fire: () => last() };
}

test('a time beyond what setTimeout can keep is waited for in parts', (t) => {
  const { delays, fire } = waits(t);
  let fired = 0;
  const longest = 2 ** 31 - 1;
  systemClock.after(2 * longest + 5, () => fired++);
  fire();
  fire();
  assert.equal(fired, 0);
  fire();
  assert.equal(fired, 1);
  assert.deepEqual(delays, [longest, longest, 5]);
});

test('an ordinary time is one wait', (t) => {
  const { delays } = waits(t);
  systemClock.after(1000, () => undefined);
  assert.deepEqual(delays, [1000]);
});
