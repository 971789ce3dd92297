import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Command, registered } from '../../src/commands/command.ts';
import { exitCodes } from '../../src/commands/exit-code.ts';
import { parseArguments } from '../../src/commands/parse-arguments.ts';
import { UsageError } from '../../src/commands/usage-error.ts';

const check: Command<{ paths: string[] | undefined; depth: number | undefined }> = {
  usage: 'check [paths..]',
  fractions: ['max-age'],
  aliases: ['chk'],
  summary: 'Check files.',
  examples: [],
  options: (argv) =>
    argv
      .positional('paths', { type: 'string', array: true })
      .option('depth', { alias: 'D', type: 'number', default: 3 })
      .option('max-age', { type: 'number' })
      .option('format', { alias: 'f', choices: ['short', 'long'] })
      .option('dry-entries', { type: 'boolean' })
      .option('logprocs', { type: 'number', hidden: true })
      .option('omit', { type: 'string', array: true }),
  run: async () => exitCodes.ok,
};
const ask: Command<{ service: string; from: string }> = {
  usage: 'ask <service>',
  summary: 'Ask.',
  examples: [],
  options: (argv) =>
    argv.positional('service', { type: 'string', demandOption: true }).option('from', {
      type: 'string',
      demandOption: true,
    }),
  run: async () => exitCodes.ok,
};
const commands = [registered(check), registered(ask)];

function argsOf(...words: string[]): Record<string, unknown> {
  const invocation = parseArguments(words, commands);
  assert.equal(invocation.kind, 'run');
  return invocation.kind === 'run' ? invocation.args : {};
}

function faultOf(...words: string[]): string[] {
  try {
    parseArguments(words, commands);
  } catch (error) {
    assert.ok(error instanceof UsageError);
    return [error.message, error.repair];
  }
  assert.fail(`${words.join(' ')} was taken`);
}

test('takes paths, "-" and everything behind "--" as arguments', () => {
  assert.deepEqual(argsOf('check', 'a', 'b').paths, ['a', 'b']);
  assert.deepEqual(argsOf('check', '-').paths, ['-']);
  assert.deepEqual(argsOf('check', 'a', '--', '--help', '-', '-z').paths, ['a', '--help', '-', '-z']);
  assert.deepEqual(argsOf('chk', '-f', 'long', 'a').format, 'long');
  assert.equal(argsOf('check').paths, undefined);
});

test('takes the last of a repeated option and all of a list', () => {
  assert.equal(argsOf('check', '--format=long', '--format', 'short').format, 'short');
  assert.equal(argsOf('check', '--depth=1', '--depth=2').depth, 2);
  assert.deepEqual(argsOf('check', '--omit=a', '--omit=b').omit, ['a', 'b']);
  const { omit, paths } = argsOf('check', '--omit', 'a', '--omit', 'b', 'path');
  assert.deepEqual([omit, paths], [['a', 'b'], ['path']], 'the path is a path');
});

test('knows options by all their names', () => {
  assert.equal(argsOf('check', '--logprocs=3').logprocs, 3);
  assert.equal(argsOf('check', '--dryEntries').dryEntries, true);
  assert.equal(argsOf('check', '--no-dry-entries').dryEntries, false);
  assert.deepEqual(argsOf('check', '--depth', '-1', '-5').paths, ['-5']);
});

test('takes numbers as they are written by people: decimal, and whole unless a fraction means something', () => {
  assert.equal(argsOf('check').depth, 3);
  for (const [word, depth] of [
    ['5', 5],
    ['-1', -1],
    ['+5', 5],
    ['007', 7],
  ] as const) {
    assert.equal(argsOf('check', `--depth=${word}`).depth, depth);
  }
  assert.equal(argsOf('check', '-D', '4').depth, 4);
  assert.equal(argsOf('check', '--max-age', '0.5').maxAge, 0.5);
  for (const word of ['0x10', '0b1', '1e3', '1.5', ' 5', '5 ', '5k', 'Infinity', '', '9'.repeat(20)]) {
    assert.match(
      faultOf('check', `--depth=${word}`)[0] ?? '',
      /^option "--depth" wants a whole number, not /,
    );
  }
  for (const word of ['.5', '1.', '1e3', '0x1', 'Infinity', '9'.repeat(400)]) {
    assert.match(faultOf('check', `--max-age=${word}`)[0] ?? '', /^option "--max-age" wants a number, not /);
  }
});

test('--color alone does not take the next word', () => {
  assert.deepEqual(argsOf('check', '--color', 'a').paths, ['a']);
  assert.equal(argsOf('check', '--color', 'a').color, 'always');
  assert.equal(argsOf('--no-color', 'check').color, 'never');
  assert.equal(argsOf('--color', 'never', 'check', 'a').color, 'never');
  assert.deepEqual(argsOf('check', '--color', 'never', 'a').paths, ['a']);
  assert.equal(argsOf('check').color, 'auto');
});

test('finds help and version anywhere before "--"', () => {
  assert.deepEqual(parseArguments(['--help'], commands), { kind: 'help', command: undefined });
  assert.deepEqual(parseArguments(['ask', '-h'], commands), { kind: 'help', command: commands[1] });
  assert.deepEqual(parseArguments(['help', 'ask'], commands), { kind: 'help', command: commands[1] });
  assert.deepEqual(parseArguments(['--version', '--verbose'], commands), {
    kind: 'version',
    isVerbose: true,
  });
});

const faults: [string[], string[]][] = [
  [[], ['no command given', '"xcfg --help" lists the commands']],
  [['--frob'], ['unknown option "--frob" and no command given', '"xcfg --help" lists the commands']],
  [['chekc'], ['unknown command "chekc"', 'did you mean "xcfg check"?']],
  [['zebra'], ['unknown command "zebra"', '"xcfg --help" lists the commands']],
  [
    ['check', '--fromat', 'a'],
    ['unknown option "--fromat"', 'did you mean "--format"?'],
  ],
  [
    ['check', '--zebra=1'],
    ['unknown option "--zebra"', 'see "xcfg check --help"'],
  ],
  [
    ['check', '-x'],
    ['unknown option "-x"', 'see "xcfg check --help"'],
  ],
  [
    ['check', '--format', 'tall'],
    ['option "--format" cannot be "tall"', 'choose one of "short", "long"'],
  ],
  [
    ['check', '--depth', 'deep'],
    ['option "--depth" wants a whole number, not "deep"', 'see "xcfg check --help"'],
  ],
  [
    ['check', '--debug=all'],
    ['option "--debug" takes no value, not "all"', 'see "xcfg check --help"'],
  ],
  [
    ['check', '--depth'],
    ['option "--depth" needs a value', 'see "xcfg check --help"'],
  ],
  [
    ['ask', 'ftp'],
    ['missing --from', 'see "xcfg ask --help"'],
  ],
  [
    ['ask', 'ftp', '--form', '10.0.0.1'],
    ['unknown option "--form"', 'did you mean "--from"?'],
  ],
  [
    ['ask', '--zebra'],
    ['unknown option "--zebra"', 'see "xcfg ask --help"'],
  ],
  [
    ['ask', '-x'],
    ['unknown option "-x"', 'see "xcfg ask --help"'],
  ],
  [
    ['check', '--depths', '--no-formt'],
    ['unknown option "--depths"', 'did you mean "--depth"?'],
  ],
  [
    ['check', '--dry', 'a'],
    ['unknown option "--dry"', 'did you mean "--dry-entries"?'],
  ],
  [
    ['check', '--dry-entry', 'a'],
    ['unknown option "--dry-entry"', 'did you mean "--dry-entries"?'],
  ],
  [
    ['check', '-fq', 'a'],
    ['unknown option "-q"', 'see "xcfg check --help"'],
  ],
  [
    ['ask', 'ftp', '--from=x', 'y'],
    ['unexpected word "y"', 'usage: xcfg ask <service>'],
  ],
  [
    ['ask', '--from=x'],
    ['"xcfg ask" needs more words', 'usage: xcfg ask <service>'],
  ],
  [
    ['ask', 'ftp', '--from=x', 'http'],
    ['unexpected word "http"', 'usage: xcfg ask <service>'],
  ],
];
for (const [words, expected] of faults) {
  test(`says what is wrong with "xcfg ${words.join(' ')}"`, () => {
    assert.deepEqual(faultOf(...words), expected);
  });
}
