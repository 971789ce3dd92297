import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launcher } from '../support/run-xcfg.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const updates = Boolean(process.env.XCFG_UPDATE_FIXTURES);

/** What a shell session in a document shows: a fence of `console` with commands behind `$` and what they print. */
const sessions = /^```console\n([\s\S]*?)^```$/gm;

/** Runs each command of a session in the project's folder and gives the session as it really is. */
function replay(session: string, path: string): string {
  const commands = [...session.matchAll(/^\$ (.*(?:\\\n.*)*)$/gm)].map(([, command = '']) => command);
  return commands
    .map((command) => {
      // No terminal, the streams in one; the status is for scripts and not shown.
      const { stdout, error } = spawnSync('bash', ['-c', `exec 2>&1\n${command}`], {
        cwd: project,
        env: { PATH: path, LANG: 'C.UTF-8' },
        encoding: 'utf8',
      });
      if (error) throw error;
      return `$ ${command}\n${stdout}`;
    })
    .join('');
}

/** A PATH on which `xcfg` and `itox` are this project's. */
function pathWithXcfg(t: TestContext): string {
  const folder = join(temporaryFolder(t), 'bin');
  mkdirSync(folder);
  for (const name of ['xcfg', 'itox']) symlinkSync(launcher, join(folder, name));
  return [folder, dirname(process.execPath), process.env.PATH].join(':');
}

const documents = execFileSync('git', ['ls-files', '*.md'], { cwd: project, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && readFileSync(join(project, file), 'utf8').includes('```console'));

for (const file of documents) {
  test(`what ${file} shows is what happens`, (t) => {
    const path = pathWithXcfg(t);
    const text = readFileSync(join(project, file), 'utf8');
    const real = text.replaceAll(
      sessions,
      (_, session: string) => `\`\`\`console\n${replay(session, path)}\`\`\``,
    );
    if (updates) writeFileSync(join(project, file), real);
    else assert.equal(real, text);
  });
}

test('the README shows something', () => {
  assert.ok(documents.includes('README.md'));
});
