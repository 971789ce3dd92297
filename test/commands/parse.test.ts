import assert from 'node:assert/strict';
import { test } from 'node:test';
import { main } from '../../src/commands/main.ts';
import { corpusFiles } from '../support/corpus.ts';
import { fakeIo } from '../support/fake-io.ts';
import { fixtureFiles } from '../support/fixtures.ts';
import { schemaChecker } from '../support/schema.ts';

const checkTree = schemaChecker('ast');
const checkEntries = schemaChecker('entries');

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

test('--entries gives services and faults as plain data, in the dialect that is named', async () => {
  const input = 'ftp stream tcp nowait root /usr/libexec/ftpd ftpd # -l\nbad\n';
  const entriesOf = async (...words: string[]) => {
    const io = fakeIo({ input });
    assert.equal(await main(['parse', '--entries', ...words], io), 0);
    return JSON.parse(io.out());
  };
  const { version, entries, errors } = await entriesOf();
  assert.equal(version, 1);
  assert.deepEqual(entries[0].args, ['ftpd', '#', '-l']);
  assert.deepEqual(
    errors.map(({ line, code }: { line: number; code: string }) => [line, code]),
    [
      [1, 'trailing-hash'],
      [2, 'too-few-fields'],
    ],
  );
  assert.deepEqual((await entriesOf('--dialect', 'busybox')).entries[0].args, ['ftpd']);
});

test('a dialect that nobody knows is a usage error', async () => {
  const io = fakeIo({ input: '' });
  assert.equal(await main(['parse', '--dialect', 'freebds'], io), 2);
  assert.match(io.err(), /did you mean "freebsd"\?/);
});

for (const area of ['inetd-cases', 'real/faq', 'format']) {
  test(`the schemas describe what is printed of fixtures/${area}`, async () => {
    for (const file of fixtureFiles(area, 'conf')) {
      for (const [option, check] of [['--entries', checkEntries] as const, [undefined, checkTree] as const]) {
        const io = fakeIo();
        assert.equal(await main(['parse', ...(option === undefined ? [] : [option]), file], io), 0);
        check(JSON.parse(io.out()), file);
      }
    }
  });
}

test('the schema of entries describes what is printed of real files', async (t) => {
  for (const { source, bytes } of corpusFiles(t)) {
    const io = fakeIo({ input: bytes });
    assert.equal(await main(['parse', '--entries', '--stdin-filename', source.path], io), 0);
    checkEntries(JSON.parse(io.out()), source.path);
  }
});
