import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { type Command, registered } from '../../src/commands/command.ts';
import { completionScript } from '../../src/commands/completion-script.ts';
import { exitCodes } from '../../src/commands/exit-code.ts';

const report: Command<{ format: string | undefined }> = {
  usage: 'report [file]',
  aliases: ['rep'],
  summary: "Say what's there.",
  examples: [],
  options: (argv) =>
    argv
      .positional('file', { type: 'string' })
      .option('format', { alias: 'f', choices: ['short', 'long'], describe: 'How much' })
      .option('output', { type: 'string', describe: 'Where to' }),
  run: async () => exitCodes.ok,
};
const shell: Command<{ name: string }> = {
  usage: 'shell <name>',
  summary: 'Name a shell.',
  examples: [],
  options: (argv) => argv.positional('name', { choices: ['bash', 'fish'], demandOption: true }),
  run: async () => exitCodes.ok,
};
const commands = [registered(report), registered(shell)];

/** What bash offers when TAB is pressed behind the last of these words. */
function completed(...words: string[]): string[] {
  const script = `${completionScript('bash', commands)}
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _xcfg; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const output = execFileSync('bash', ['-c', script, 'bash', 'xcfg', ...words], { encoding: 'utf8' });
  return output.split('\n').filter((line) => line !== '');
}

test('bash completes commands, options and values', () => {
  assert.deepEqual(completed('re'), ['report', 'rep']);
  assert.deepEqual(completed('--ve'), ['--version']);
  assert.deepEqual(completed('report', '--fo'), ['--format']);
  assert.deepEqual(completed('rep', '-f', ''), ['short', 'long']);
  assert.deepEqual(completed('report', '--format', '=', 'sh'), ['short']);
  assert.deepEqual(completed('report', '--format', '='), ['short', 'long']);
  assert.deepEqual(completed('shell', 'b'), ['bash']);
  assert.deepEqual(completed('report', 'x'), [], 'files are left to bash');
});

test('zsh runs the same completions', () => {
  assert.ok(completionScript('zsh', commands).endsWith(completionScript('bash', commands)));
});

test('fish completes with descriptions', () => {
  const lines = completionScript('fish', commands).split('\n');
  assert.ok(
    lines.includes("complete -c xcfg -f -n __fish_use_subcommand -a report -d 'Say what\\'s there.'"),
  );
  const seen = "complete -c xcfg -n '__fish_seen_subcommand_from report rep'";
  assert.ok(lines.includes(`${seen} -l format -s f -x -a 'short long' -d 'How much'`));
  assert.ok(lines.includes(`${seen} -l output -r -d 'Where to'`));
  assert.ok(lines.includes("complete -c xcfg -f -n '__fish_seen_subcommand_from shell' -a 'bash fish'"));
});
