import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ConfigurationLoader } from '../../src/commands/lint-configuration.ts';
import { readLintSources } from '../../src/commands/lint-input.ts';
import { LintPlan } from '../../src/commands/lint-plan.ts';
import { lintTask, TaskOpener, type TaskReport } from '../../src/commands/lint-tasks.ts';
import type { LintArguments } from '../../src/commands/run-lint.ts';
import { loadRules } from '../../src/lint/registry.ts';
import { fakeIo } from '../support/fake-io.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const count = 300;
/** What one text takes; a tree takes some times as much. */
const textSize = 8000;
/** Of a finding it is about 1000; the rest is what V8 compiles meanwhile. */
const mostKept = 6000;

/** Many files with a long comment each, and perhaps with a finding. */
function writeFiles(folder: string, value: string): void {
  // Whose name says that a main file reads them: it has what they lack.
  mkdirSync(join(folder, 'xinetd.d'));
  for (let number = 0; number < count; number += 1) {
    const lines = [
      `service web${number}`,
      '{',
      '\ttype = UNLISTED',
      '\tflags = IPv4',
      '\tsocket_type = stream',
      '\tprotocol = tcp',
      `\tport = ${20_000 + number}`,
      '\twait = no',
      '\tuser = nobody',
      '\tserver = /usr/libexec/answer',
      `\tonly_from = ${value}`,
      '\tlog_on_success = HOST PID',
      '}',
    ];
    const comment = `# ${'a word '.repeat(10)}\n`.repeat(textSize / 72);
    writeFileSync(join(folder, 'xinetd.d', `web${number}`), `${lines.join('\n')}\n${comment}`);
  }
}

/** Lints each file by itself, and tells what the run holds before and after, in bytes for each file. */
async function held(
  folder: string,
): Promise<{ readonly results: readonly TaskReport[]; readonly bytes: number }> {
  const rules = await loadRules();
  const io = fakeIo({ cwd: folder });
  const args = { follow: true, from: 'auto', inlineConfig: true } as LintArguments;
  const commandLine = {};
  const choice = { file: false, cwd: folder, commandLine, dialect: undefined, templates: [] } as const;
  const opener = new TaskOpener(args, folder, new ConfigurationLoader(rules, choice));
  const results: TaskReport[] = [];
  let before = 0;
  const { sources } = await readLintSources(['xinetd.d/web*'], io, { root: undefined });
  const plan = await LintPlan.of(sources, opener, folder);
  for (const [at, source] of plan.sources.entries()) {
    // What is made once is there by then, such as the grammar, and the texts that a run holds are not.
    if (at === count / 2) before = heldNow();
    results.push(await lintTask(await plan.task(source), args, folder, () => {}));
  }
  const bytes = (heldNow() - before) / (count / 2);
  // So that all of it is still needed.
  assert.equal(results.length, plan.sources.length);
  return { results, bytes };
}

function heldNow(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

test('of a file without a finding neither text nor tree stays', async (t) => {
  const folder = temporaryFolder(t);
  writeFiles(folder, '192.0.2.0/24');
  const { results, bytes } = await held(folder);
  assert.ok(results.every(({ files }) => files.every(({ diagnostics }) => diagnostics.length === 0)));
  assert.ok(bytes < mostKept, `${bytes} bytes a file`);
});

test('of a file with a finding the finding and its line stay', async (t) => {
  const folder = temporaryFolder(t);
  writeFiles(folder, '192.0.2.0/24 # inside');
  const { results, bytes } = await held(folder);
  assert.ok(results.every(({ files }) => files.every(({ diagnostics }) => diagnostics.length === 1)));
  assert.ok(bytes < mostKept, `${bytes} bytes a file`);
});
