import type { ArgumentsCamelCase, Argv } from 'yargs';
import type { ColorChoice } from './color.ts';
import type { ExitCode } from './exit-code.ts';

/** What a command may touch of the outside, so that tests call it in-process with streams of their own. */
export interface CommandIo {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** Options of every command, as `run` gets them besides its own. */
export interface CommonOptions {
  readonly color?: ColorChoice;
}

/** One command: its definition is light, `run` imports the work lazily so that help loads no grammar. */
export interface Command<Options = unknown> {
  /** As in yargs, for example `lint [paths..]`. */
  readonly usage: string;
  readonly aliases?: readonly string[];
  /** One line: what the command does. */
  readonly summary: string;
  /** A second line for help: what it reads, what it prints. */
  readonly description?: string;
  /** Command lines with what they are good for; help shows them first. */
  readonly examples: readonly (readonly [command: string, purpose: string])[];
  /** What each exit status means here; statuses left out mean what `exitMeanings` says, null stands for one that never comes. */
  readonly exitStatus?: Readonly<Partial<Record<ExitCode, string | null>>>;
  readonly options: (argv: Argv) => Argv<Options>;
  /** Words that help lists and completion offers for an option which also takes others. */
  readonly suggestions?: Readonly<Record<string, readonly string[]>>;
  /** Options of which the number may have a fraction; of others it is a whole one. */
  readonly fractions?: readonly string[];
  /** A word that stands for several, spelt out. */
  readonly spellOut?: (word: string) => readonly string[];
  /** Never calls process.exit; resolves to the exit status once all output is written. */
  readonly run: (args: ArgumentsCamelCase<Options & CommonOptions>, io: CommandIo) => Promise<ExitCode>;
}

/** A command as the frame handles it: the type of its options is its own affair. */
export interface RegisteredCommand extends Omit<Command, 'run'> {
  /** First word of `usage`. */
  readonly name: string;
  readonly run: (args: unknown, io: CommandIo) => Promise<ExitCode>;
}

/** Forgets the type of a command's options; yargs has made sure of it by the time `run` is called. */
export function registered<Options>(command: Command<Options>): RegisteredCommand {
  const [name = ''] = command.usage.split(' ');
  return {
    ...command,
    name,
    options: (argv) => command.options(argv),
    run: (args, io) => command.run(args as ArgumentsCamelCase<Options & CommonOptions>, io),
  };
}
