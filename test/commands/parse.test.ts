import assert from 'node:assert/strict';
import { test } from 'node:test';
import { main } from '../../src/commands/main.ts';
import { fakeIo } from '../support/fake-io.ts';

test('prints the tree of standard input', async () => {
  const io = fakeIo({ input: '# x\nservice a\n{\n}\n' });
  assert.equal(await main(['parse', '--stdin-filename', 'x.conf'], io), 0);
  const { version, path, ast } = JSON.parse(io.out());
  assert.deepEqual([version, path, ast.format], [1, 'x.conf', 'xinetd']);
  assert.deepEqual(
    ast.children.map((node: { type: string }) => node.type),
    ['Comment', 'Entry'],
  );
});

test('faults stand in the tree and do not change the status', async () => {
  const io = fakeIo({ input: 'service a {\n' });
  assert.equal(await main(['parse', '-'], io), 0);
  const [entry] = JSON.parse(io.out()).ast.children;
  assert.deepEqual(
    entry.problems.map((problem: { code: string }) => problem.code),
    ['brace-on-header-line', 'missing-close-brace'],
  );
});

test('a file that is not there gives status 2', async () => {
  const io = fakeIo();
  assert.equal(await main(['parse', '/nowhere/x.conf'], io), 2);
  assert.match(io.err(), /^xcfg: \/nowhere\/x\.conf: /);
});
