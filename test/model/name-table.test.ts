import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NameSet, NameTable } from '../../src/model/name-table.ts';

const name = fc.constantFrom('port', 'wait', 'user', 'server', 'flags');

test('property: a table of names is what a Map is', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.nat())), (pairs) => {
      const table = new NameTable(pairs);
      const map = new Map(pairs);
      assert.deepEqual([...table], [...map]);
      for (const [each] of pairs) assert.equal(table.get(each), map.get(each));
      assert.equal(table.has('bind'), false);
      assert.equal(table.get('bind'), undefined);
    }),
  );
});

test('property: a set of names is what a Set is', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), name)), (steps) => {
      const names = new NameSet();
      const set = new Set<string>();
      for (const [adds, each] of steps) {
        if (adds) names.add(each);
        else names.delete(each);
        if (adds) set.add(each);
        else set.delete(each);
        assert.equal(names.has(each), set.has(each));
      }
      assert.deepEqual(names.names, [...set]);
    }),
  );
});
