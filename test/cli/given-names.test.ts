import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { launcher } from '../support/run-xcfg.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Runs a script in a folder; `xcfg` in it is the program. */
function runScript(script: string, cwd: string) {
  const withProgram = `xcfg() { ${JSON.stringify(process.execPath)} ${JSON.stringify(launcher)} "$@"; }; ${script}`;
  const { status, stdout } = spawnSync('sh', ['-c', withProgram], { cwd, encoding: 'latin1' });
  return { status, stdout };
}

test('a name on the command line is the bytes that were given', (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(Buffer.from(`${cwd}/n\xff`, 'latin1'), 'service  a\n{\n}\n');
  assert.deepEqual(runScript(`xcfg fmt "$(printf 'n\\377')"`, cwd), {
    status: 0,
    stdout: 'service a\n{\n}\n',
  });
});

test('so is the folder that the program runs in', (t) => {
  const cwd = temporaryFolder(t);
  const folder = Buffer.from(`${cwd}/d\xff`, 'latin1');
  mkdirSync(folder);
  const file = Buffer.concat([folder, Buffer.from('/a')]);
  writeFileSync(file, 'service  a\n{\n}\n');
  assert.equal(runScript(`cd "$(printf 'd\\377')" && xcfg fmt --write a`, cwd).status, 0);
  assert.equal(readFileSync(file, 'utf8'), 'service a\n{\n}\n');
});
