import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dialectNames } from '../../src/catalog/inetd-dialects.ts';
import { main } from '../../src/commands/main.ts';
import { optionRows } from '../../src/commands/option-table.ts';
import { parseArguments } from '../../src/commands/parse-arguments.ts';
import { commands } from '../../src/commands/registry.ts';
import { inetdDialects } from '../../src/convert/from-inetd/dialect-names.ts';
import { fakeIo } from '../support/fake-io.ts';

/** The words of each xcfg in a command line, up to the next pipe, redirection or closing parenthesis. */
function invocations(line: string): string[][] {
  return [...line.matchAll(/\bxcfg ([^|<>)]*)/g)].map(([, words = '']) => words.trim().split(/\s+/));
}

for (const command of commands) {
  test(`the examples of xcfg ${command.name} are taken`, () => {
    assert.ok(command.examples.length > 0);
    for (const [line] of command.examples) {
      const found = invocations(line);
      assert.ok(found.length > 0, `no xcfg in "${line}"`);
      for (const words of found) assert.equal(parseArguments(words, commands).kind, 'run', line);
    }
  });

  test(`every option of xcfg ${command.name} is explained`, async () => {
    const silent = optionRows(command).filter(({ description }) => description === '');
    assert.deepEqual(
      silent.map(({ name }) => name),
      [],
    );
    const io = fakeIo();
    assert.equal(await main([command.name, '--help'], io), 0);
    assert.deepEqual(
      io
        .out()
        .split('\n')
        .filter((line) => line.length > 80),
      [],
      'lines of help that are too long',
    );
  });
}

test('help names every value of an option that takes the name of an inetd', () => {
  for (const command of commands) {
    const row = optionRows(command).find(({ name }) => name === 'dialect');
    const names: readonly string[] = command.name === 'convert' ? inetdDialects : dialectNames;
    assert.deepEqual(row?.choices ?? names, names, command.name);
  }
});

test('no two commands answer to one name', () => {
  const names = commands.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  assert.deepEqual([...new Set(names)], names);
});
