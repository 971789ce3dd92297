import assert from 'node:assert/strict';
import { test } from 'node:test';
import v8 from 'node:v8';
import vm from 'node:vm';
import { SourceCounter } from '../../src/serve/admission/source-counter.ts';
import type { InstanceOwner } from '../../src/serve/instance.ts';
import { InstanceTable } from '../../src/serve/instance-table.ts';

const owner: InstanceOwner = {
  id: 'test',
  plan: 1,
  retriesFork: true,
  stillWants: () => true,
  started: () => undefined,
  ended: () => undefined,
  notStarted: () => undefined,
};
const client = { owner, peer: null, fd: 3, listener: null, startedAt: 0 };

test('instances are found by token and process, and are gone when they are removed', () => {
  const table = new InstanceTable();
  const [first, second, third] = [table.add(client), table.add(client), table.add(client)];
  table.setPid(second, 77);
  assert.deepEqual([table.byToken(first.token), table.byPid(77)], [first, second]);
  table.remove(second);
  assert.deepEqual([table.byToken(second.token), table.byPid(77)], [undefined, undefined]);
  assert.deepEqual([...table], [first, third]);
  assert.equal(table.size, 2);
});

test('servers that come and go leave nothing behind that waits for a full collection', () => {
  const table = new InstanceTable();
  const sources = new SourceCounter();
  const collectYoung = youngCollection();
  const serve = (connections: number): void => {
    for (let at = 1; at <= connections; at++) {
      const instance = table.add(client);
      sources.add('192.0.2.1');
      table.setPid(instance, at);
      table.remove(instance);
      sources.remove('192.0.2.1');
      if (at % 1000 === 0) collectYoung();
    }
  };
  serve(1000);
  // A quiet hour: what lives through a few of them is old from then on.
  for (let round = 0; round < 5; round++) collectYoung();
  const before = oldSpace();
  serve(50_000);
  const grown = oldSpace() - before;
  assert.ok(grown < 1_000_000, `${grown} bytes`);
});

/** The collection that V8 makes again and again while the daemon works: of old objects nothing is freed. */
function youngCollection(): () => void {
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc');
  return () => collect({ type: 'minor' });
}

function oldSpace(): number {
  return (
    v8.getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space')?.space_used_size ?? 0
  );
}
