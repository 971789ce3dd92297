import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { type Command, registered } from '../../src/commands/command.ts';
import { exitCodes } from '../../src/commands/exit-code.ts';
import { main } from '../../src/commands/main.ts';
import { write } from '../../src/commands/output.ts';
import { version } from '../../src/version.ts';
import { fakeIo } from '../support/fake-io.ts';

const greet: Command<{ name: string | undefined; loud: boolean | undefined }> = {
  usage: 'greet [name]',
  summary: 'Greet someone.',
  description: 'Prints one line.',
  examples: [['xcfg greet Ann', 'greets Ann']],
  exitStatus: { 1: 'nobody to greet' },
  options: (argv) =>
    argv
      .positional('name', { type: 'string', describe: 'Whom' })
      .option('loud', { type: 'boolean', describe: 'Shout', group: 'Output:' })
      .option('times', { type: 'number', describe: 'How often', default: 1, group: 'Output:' }),
  run: async ({ name }, io) => {
    if (name === 'bug') throw new TypeError('no such thing');
    if (name === undefined) return exitCodes.findings;
    await write(io.stdout, `hello ${name}\n`);
    return exitCodes.ok;
  },
};
const commands = [registered(greet)];

class BrokenOutput extends Writable {
  readonly #code: string;

  constructor(code: string) {
    super();
    this.#code = code;
  }

  override _write(_chunk: unknown, _encoding: BufferEncoding, done: (error: Error) => void): void {
    const error = new Error(`${this.#code}: no space left on device, write`);
    done(Object.assign(error, { code: this.#code, syscall: 'write' }));
  }
}

test('runs a command and passes its exit status on', async () => {
  const io = fakeIo();
  assert.equal(await main(['greet', 'Ann'], io, commands), 0);
  assert.equal(io.out(), 'hello Ann\n');
  assert.equal(await main(['greet'], fakeIo(), commands), 1);
});

test('help of a command leads with examples and groups the options', async () => {
  const io = fakeIo();
  assert.equal(await main(['greet', '--help'], io, commands), 0);
  assert.equal(
    io.out(),
    `Greet someone.
Prints one line.

Usage: xcfg greet [name] [OPTIONS]

Examples:
  xcfg greet Ann  greets Ann

Arguments:
  name  Whom

Output:
  --loud     Shout
  --times N  How often (default 1)

Misc:
  --color VALUE  Colour the output; --no-color is --color=never (one of auto,
                 always, never; default auto)
  --debug        Show a stack trace when xcfg itself fails (also DEBUG=xcfg)
  -h, --help     Show this help
  -V, --version  Show the version; with --verbose also what it runs on

Exit status:
  0  nothing to complain about
  1  nobody to greet
  2  wrong usage, unreadable input, unwritable output or an internal error
`,
  );
});

test('the help of xcfg lists the commands', async () => {
  const io = fakeIo();
  assert.equal(await main(['-h'], io, commands), 0);
  assert.match(io.out(), /^Commands:\n {2}greet {2}Greet someone\.$/m);
});

test('prints its version, and what it runs on', async () => {
  const io = fakeIo();
  assert.equal(await main(['--version'], io, commands), 0);
  assert.equal(io.out(), `${version}\n`);
  const verbose = fakeIo();
  assert.equal(await main(['--version', '--verbose'], verbose, commands), 0);
  assert.match(
    verbose.out(),
    new RegExp(`^xcfg ${version}\nnode ${process.versions.node}\nplatform .*\nnative part .*\n$`),
  );
});

test('a usage error is two lines and status 2', async () => {
  const io = fakeIo();
  assert.equal(await main(['greet', '--lout'], io, commands), 2);
  assert.equal(io.err(), 'xcfg: unknown option "--lout"\nxcfg: did you mean "--loud"?\n');
  assert.equal(io.out(), '');
});

test('an internal error is one line, with a stack only on demand', async () => {
  const io = fakeIo();
  assert.equal(await main(['greet', 'bug'], io, commands), 2);
  assert.equal(io.err(), 'xcfg: this is a bug in xcfg, please report it: no such thing\n');
  const byOption = fakeIo();
  assert.equal(await main(['greet', 'bug', '--debug'], byOption, commands), 2);
  assert.match(byOption.err(), /TypeError: no such thing\n\s+at /);
  const byEnvironment = fakeIo({ env: { DEBUG: 'xcfg' } });
  await main(['greet', 'bug'], byEnvironment, commands);
  assert.match(byEnvironment.err(), /TypeError: no such thing\n\s+at /);
});

test('a full disk is status 2 and named, a closed pipe is nothing', async () => {
  const io = fakeIo();
  assert.equal(await main(['greet', 'Ann'], { ...io, stdout: new BrokenOutput('ENOSPC') }, commands), 2);
  assert.equal(io.err(), 'xcfg: cannot write standard output: no space left on device\n');
  const closed = fakeIo();
  assert.equal(await main(['greet', 'Ann'], { ...closed, stdout: new BrokenOutput('EPIPE') }, commands), 0);
  assert.equal(closed.err(), '');
});
