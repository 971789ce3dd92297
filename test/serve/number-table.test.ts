import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NumberTable } from '../../src/serve/number-table.ts';

/** Few numbers that share their last bits, so that they lie in each other's places. */
const number = fc.tuple(fc.nat(3), fc.nat(40)).map(([high, low]) => high * 4096 + low * 64 + (low % 3));

const step = fc.record({ adds: fc.boolean(), number });

test('a table knows what a Map knows, whatever comes and goes', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const table = new NumberTable<number>();
      const map = new Map<number, number>();
      for (const [value, { adds, number }] of steps.entries()) {
        if (adds) {
          table.set(number, value);
          map.set(number, value);
        } else {
          table.delete(number);
          map.delete(number);
        }
        assert.equal(table.get(number), map.get(number));
      }
      for (const [key, value] of map) assert.equal(table.get(key), value);
      assert.equal(table.size, map.size);
      assert.deepEqual([...table.values()].toSorted(), [...map.values()].toSorted());
    }),
  );
});

test('a table grows with what is in it and becomes small again', () => {
  const table = new NumberTable<string>();
  for (let number = 0; number < 10_000; number++) table.set(number, `${number}`);
  for (let number = 0; number < 10_000; number++) assert.equal(table.get(number), `${number}`);
  for (let number = 0; number < 9999; number++) table.delete(number);
  assert.deepEqual([table.size, ...table.values()], [1, '9999']);
});
