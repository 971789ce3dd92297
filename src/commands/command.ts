import type { ArgumentsCamelCase, Argv } from 'yargs';
import type { ExitCode } from './exit-code.ts';

/** What a command may touch of the outside, so that tests call it in-process with streams of their own. */
export interface CommandIo {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** One command: its definition is light, `run` imports the work lazily so that help loads no grammar. */
export interface Command<Options = unknown> {
  /** As in yargs, for example `lint [paths..]`. */
  readonly usage: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  /** Command lines with what they are good for; help shows them first. */
  readonly examples: readonly (readonly [command: string, purpose: string])[];
  readonly options: (argv: Argv) => Argv<Options>;
  /** Never calls process.exit; resolves to the exit status once all output is written. */
  readonly run: (args: ArgumentsCamelCase<Options>, io: CommandIo) => Promise<ExitCode>;
}
