import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { applyPatch } from 'diff';
import { main } from '../../src/commands/main.ts';
import { fakeIo } from '../support/fake-io.ts';
import { fixtureFiles } from '../support/fixtures.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const untidy = 'service a\n{\nwait = no\n}\n';
const tidy = 'service a\n{\n\twait            = no\n}\n';
const faulty = 'service a\n{\nwait=no\n}\nservice b\n{\nwait = no\n}\n';

test('prints standard input formatted, bytes that are not UTF-8 included', async () => {
  const io = fakeIo({ input: Buffer.from('include  /etc/caf\xe9\n', 'latin1') });
  assert.equal(await main(['fmt'], io), 0);
  assert.equal(io.out(), Buffer.from('include /etc/caf\xe9\n', 'latin1').toString('utf8'));
  assert.equal(io.err(), '');
});

test('has the alias format', async () => {
  const io = fakeIo({ input: untidy });
  assert.equal(await main(['format', '-'], io), 0);
  assert.equal(io.out(), tidy);
});

test('prints one named file, but asks what to do with more', async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'a'), untidy);
  writeFileSync(join(cwd, 'b'), tidy);
  const one = fakeIo({ cwd });
  assert.equal(await main(['fmt', 'a'], one), 0);
  assert.equal(one.out(), tidy);
  const more = fakeIo({ cwd });
  assert.equal(await main(['fmt', '.'], more), 2);
  assert.equal(more.out(), '');
  assert.match(more.err(), /more than one file to print\n.*--check, --diff or --write/);
});

test('faults are named with their place, the rest is formatted, and the status is 2', async () => {
  const io = fakeIo({ input: faulty });
  assert.equal(await main(['fmt', '--stdin-filename', 'etc/x.conf'], io), 2);
  assert.equal(io.out(), 'service a\n{\nwait=no\n}\nservice b\n{\n\twait            = no\n}\n');
  assert.equal(
    io.err(),
    "etc/x.conf:3:1: error: 'wait' needs a space before the operator [missing-space-before-operator]\n",
  );
});

test('--check lists what would change, in the order of includedir, and says how to repair it', async (t) => {
  const cwd = temporaryFolder(t);
  mkdirSync(join(cwd, 'xinetd.d'));
  for (const [name, text] of Object.entries({ b: untidy, a: untidy, c: tidy, 'd.bak': untidy })) {
    writeFileSync(join(cwd, 'xinetd.d', name), text);
  }
  const io = fakeIo({ cwd });
  assert.equal(await main(['fmt', '--check', 'xinetd.d'], io), 1);
  assert.equal(io.out(), 'xinetd.d/a\nxinetd.d/b\n');
  assert.equal(io.err(), '2 files would change; "xcfg fmt --write" formats what it is given\n');
  assert.equal(readFileSync(join(cwd, 'xinetd.d', 'a'), 'utf8'), untidy);
});

test('--check is silent about files that are formatted', async () => {
  const io = fakeIo({ input: tidy });
  assert.equal(await main(['fmt', '--check'], io), 0);
  assert.equal(io.out() + io.err(), '');
});

test('--diff prints a patch that makes the formatted text', async () => {
  const io = fakeIo({ input: untidy });
  assert.equal(await main(['fmt', '--diff', '--stdin-filename', 'x.conf'], io), 1);
  assert.match(io.out(), /^--- x\.conf\n\+\+\+ x\.conf\n@@ -1,4 \+1,4 @@\n/);
  assert.equal(applyPatch(untidy, io.out()), tidy);
});

test('--diff in colour shows control characters instead of sending them', async () => {
  const io = fakeIo({ input: 'service a\n{\nbanner = \x1b[31m\n}\n' });
  assert.equal(await main(['fmt', '--diff', '--color'], io), 1);
  assert.match(io.out(), /\x1b\[32m\+\tbanner {10}= \\x1b\[31m\x1b\[39m/);
});

test('--write rewrites what changes, says which, and keeps modes and symbolic links', async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'real'), untidy);
  chmodSync(join(cwd, 'real'), 0o640);
  symlinkSync('real', join(cwd, 'link'));
  writeFileSync(join(cwd, 'tidy'), tidy);
  const before = statSync(join(cwd, 'tidy')).ino;
  const io = fakeIo({ cwd });
  assert.equal(await main(['fmt', '--write', 'link', 'tidy'], io), 0);
  assert.equal(readFileSync(join(cwd, 'real'), 'utf8'), tidy);
  assert.equal(statSync(join(cwd, 'real')).mode & 0o777, 0o640);
  assert.equal(statSync(join(cwd, 'tidy')).ino, before);
  assert.equal(io.out(), '');
  assert.equal(io.err(), 'link: formatted\n');
});

test('a file that cannot be read gives status 2, the others are done all the same', async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'a'), untidy);
  const io = fakeIo({ cwd });
  assert.equal(await main(['fmt', '--write', 'missing', 'a'], io), 2);
  assert.match(io.err(), /^missing:1:1: error: cannot be read: .*\na: formatted\n$/);
  assert.equal(readFileSync(join(cwd, 'a'), 'utf8'), tidy);
});

test('--verify reads the result again before it is used', async () => {
  const io = fakeIo({ input: faulty });
  assert.equal(await main(['fmt', '--verify', '--from', 'xinetd'], io), 2);
  assert.match(io.out(), /\twait {12}= no\n/);
  assert.doesNotMatch(io.err(), /bug/);
});

for (const [extension, target] of [
  ['inetd', 'xinetd'],
  ['xinetd', 'inetd'],
] as const) {
  test(`what convert makes of ${extension}.conf is formatted already`, async () => {
    for (const file of fixtureFiles('convert-cases', extension)) {
      const converted = fakeIo();
      await main(['convert', '--from', extension, '--to', target, file], converted);
      const io = fakeIo({ input: converted.out() });
      await main(['fmt', '--from', target, '--diff'], io);
      assert.equal(io.out(), '', file);
    }
  });
}

test('contradictions are usage errors', async () => {
  for (const words of [
    ['--write', '--check', 'x'],
    ['--write'],
    ['--write', '-'],
    ['--write', '--diff', 'x'],
  ]) {
    const io = fakeIo({ input: untidy });
    assert.equal(await main(['fmt', ...words], io), 2, words.join(' '));
    assert.equal(io.out(), '');
  }
});
