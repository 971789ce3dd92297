import assert from 'node:assert/strict';
import { test } from 'node:test';
import { main } from '../../src/commands/main.ts';
import { fakeIo } from '../support/fake-io.ts';

async function run(...argv: string[]) {
  const io = fakeIo();
  return { status: await main(argv, io), out: io.out(), err: io.err() };
}

test('a rule is explained by its name, with or without the group', async () => {
  const { status, out } = await run('explain', 'syntax/trailing-comment');
  assert.equal(status, 0);
  assert.match(out, /^# syntax\/trailing-comment\n/);
  assert.match(out, /disable = yes # legacy, turned off/);
  assert.match(out, /# xcfg: ignore\[syntax\/trailing-comment\]/);
  assert.equal((await run('explain', 'trailing-comment')).out, out);
});

test('an attribute is explained from the catalogue, by its alias too', async () => {
  const { out } = await run('explain', 'bind');
  assert.match(out, /^# bind\n/);
  assert.equal((await run('explain', 'INTERFACE')).out, out);
});

test('an unknown name is refused with a suggestion', async () => {
  const { status, err } = await run('explain', 'syntax/trailing-coment');
  assert.equal(status, 2);
  assert.match(err, /did you mean "syntax\/trailing-comment"\?/);
});

test('all rules are listed, for people and for programs', async () => {
  const { out } = await run('rules');
  const { rules } = JSON.parse((await run('rules', '--json')).out);
  assert.equal(rules.length, 100);
  for (const { name } of rules) assert.ok(out.includes(name), name);
  const comment = rules.find(({ name }: { name: string }) => name === 'syntax/trailing-comment');
  assert.deepEqual([comment.severity, comment.recommended, comment.scope], ['error', true, 'line']);
});

test('lint lists and explains rules as well', async () => {
  assert.deepEqual(await run('lint', '--list-rules'), await run('rules'));
  assert.deepEqual(await run('lint', '--list-rules', '-f', 'json'), await run('rules', '--json'));
  assert.deepEqual(
    await run('lint', '--explain', 'security/run-as-root'),
    await run('explain', 'security/run-as-root'),
  );
  assert.equal((await run('lint', '--explain', 'security/run-as-rot')).status, 2);
});

test('a keyword of a section is explained too', async () => {
  const io = fakeIo({});
  assert.equal(await main(['explain', 'includedir'], io), 0);
  assert.match(io.out(), /^# includedir DIRECTORY\n\n.*order of their bytes/);
});

test('codes of files and of faults that fmt names are explained', async () => {
  assert.match(
    (await run('explain', 'unreadable-input')).out,
    /^# unreadable-input\n\nThe file could not be read/,
  );
  assert.match((await run('explain', 'unwritable-file')).out, /could not be written/);
  assert.match((await run('explain', 'invalid-configuration')).out, /The configuration of xcfg itself has/);
  assert.match((await run('explain', 'unknown-protocol')).out, /No dialect knows the protocol\./);
});

test('a code of a conversion is explained, also beside an attribute of its name', async () => {
  const { status, out } = await run('explain', 'rate-approx');
  assert.equal(status, 0);
  assert.match(out, /^# rate-approx\n\ninetd counts [^\n]*\n\n- Level: warning/);
  const both = (await run('explain', 'port')).out;
  assert.match(both, /^# port\n[\s\S]*^# port\n\nThe number of the port is not known\.$/m);
  assert.match((await run('explain', 'rate-aprox')).err, /did you mean "rate-approx"\?/);
});
