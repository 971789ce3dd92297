import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { nameOnDisk } from '../text/bare-bytes.ts';
import { escapeControl } from '../text/escape-control.ts';
import type { CommandIo, RegisteredCommand } from './command.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { FileError } from './file-error.ts';
import { givenWords, inGivenFolder } from './given-names.ts';
import { commandHelp, mainHelp } from './help.ts';
import { write } from './output.ts';
import { parseArguments } from './parse-arguments.ts';
import { commands as registry } from './registry.ts';
import { isSystemError, systemReason } from './system-error.ts';
import { UsageError } from './usage-error.ts';

/** Width of help where there is no terminal to ask, and the widest that reads well where there is one. */
const plainWidth = 80;
const widestHelp = 110;

/** Runs one command line (without `node` and the script) and resolves to its exit status. Never exits, never rejects. */
export async function main(
  argv: readonly string[],
  io: CommandIo,
  commands: readonly RegisteredCommand[] = registry,
): Promise<ExitCode> {
  const outputs = [watchOutput(io.stdout, 'standard output'), watchOutput(io.stderr, 'standard error')];
  let status: ExitCode = exitCodes.ok;
  let failure: unknown;
  try {
    status = await dispatch(givenWords(argv), inGivenFolder(io), commands);
  } catch (error) {
    failure = error;
  }
  // A write that failed says where; the error that a command was given for it does not.
  failure = outputs.find((output) => output.failure !== undefined)?.failure ?? failure;
  if (failure === undefined || isClosedPipe(failure)) return status;
  await explainFailure(failure, argv, io);
  return exitCodes.failure;
}

/** The work of a thread of `xcfg lint`, which loads this program once more (bin/lint-thread.js). */
export async function lintShare(): Promise<void> {
  const thread = await import('./lint-thread.ts');
  await thread.lintShare();
}

async function dispatch(
  argv: readonly string[],
  io: CommandIo,
  commands: readonly RegisteredCommand[],
): Promise<ExitCode> {
  const invocation = parseArguments(argv, commands);
  switch (invocation.kind) {
    case 'help': {
      const width = Math.min(widestHelp, (io.stdout as { columns?: number }).columns ?? plainWidth);
      const { command } = invocation;
      await write(io.stdout, command === undefined ? mainHelp(commands, width) : commandHelp(command, width));
      return exitCodes.ok;
    }
    case 'version': {
      const { versionText } = await import('./version-text.ts');
      await write(io.stdout, await versionText(invocation.isVerbose));
      return exitCodes.ok;
    }
    case 'run':
      requireFolders(invocation.args, io);
      return await invocation.command.run(invocation.args, io);
  }
}

/** Options that name a folder to read: one that is not there would look like a system without accounts and services. */
const folderOptions = ['etc', 'root'] as const;

function requireFolders(args: Readonly<Record<string, unknown>>, io: CommandIo): void {
  for (const name of folderOptions) {
    const folder = args[name];
    if (typeof folder !== 'string') continue;
    if (statSync(nameOnDisk(resolve(io.cwd, folder)), { throwIfNoEntry: false })?.isDirectory() === true)
      continue;
    throw new UsageError(`--${name} ${folder} is no folder`, 'name one that is there');
  }
}

/** An output stream with the first error that it had. */
interface WatchedOutput {
  failure: Error | undefined;
}

/** Listens for errors of an output stream: one that nobody listens for would end the process. */
function watchOutput(stream: NodeJS.WritableStream, name: string): WatchedOutput {
  const watched: WatchedOutput = { failure: undefined };
  stream.on('error', (error: NodeJS.ErrnoException) => {
    watched.failure ??= Object.assign(error, { path: name });
  });
  return watched;
}

/** A reader that went away is no failure: `xcfg lint | head` ends quietly. */
function isClosedPipe(error: unknown): boolean {
  return isSystemError(error) && error.code === 'EPIPE';
}

/** Says on standard error why the command failed; an error that nobody foresaw is a bug of xcfg and called that. */
async function explainFailure(error: unknown, argv: readonly string[], io: CommandIo): Promise<void> {
  const lines: string[] = [];
  if (error instanceof UsageError) lines.push(error.message, error.repair);
  else if (error instanceof FileError) lines.push(error.message);
  else if (isSystemError(error)) lines.push(describeSystemError(error));
  else {
    const message = error instanceof Error ? error.message : String(error);
    lines.push(`this is a bug in xcfg, please report it: ${message}`);
  }
  const wantsStack = argv.includes('--debug') || io.env.DEBUG === 'xcfg';
  const stack: string[] = [];
  if (wantsStack && error instanceof Error) {
    const { readableStack } = await import('./readable-stack.ts');
    stack.push(`${readableStack(error)}\n`);
  }
  try {
    await write(io.stderr, [...lines.map((line) => `xcfg: ${escapeControl(line)}\n`), ...stack].join(''));
  } catch (unwritable) {
    // Nothing is left to say it on; the exit status still tells.
    if (!isSystemError(unwritable)) throw unwritable;
  }
}

/** `ENOSPC: no space left on device, write` becomes `cannot write standard output: no space left on device`. */
function describeSystemError(error: NodeJS.ErrnoException): string {
  const object = error.path === undefined ? '' : ` ${error.path}`;
  return `cannot ${error.syscall ?? 'go on'}${object}: ${systemReason(error)}`;
}
