import yargs, { type Argv } from 'yargs';
import { closestWord } from '../text/closest-word.ts';
import { spellOutColor } from './color.ts';
import type { RegisteredCommand } from './command.ts';
import { rewriteLegacyOptions } from './legacy-options.ts';
import { optionNumber } from './option-number.ts';
import {
  arrayOptions,
  booleanOptions,
  dashed,
  numberOptions,
  type OptionNames,
  optionNames,
  optionRows,
  valueOptions,
  withCommonOptions,
} from './option-table.ts';
import { UsageError } from './usage-error.ts';

/** What the words of a command line ask for. */
export type Invocation =
  | { readonly kind: 'help'; readonly command: RegisteredCommand | undefined }
  | { readonly kind: 'version'; readonly isVerbose: boolean }
  | { readonly kind: 'run'; readonly command: RegisteredCommand; readonly args: Record<string, unknown> };

/**
 * Marks a word that yargs has to take as it is: `-` (which it drops) and everything behind `--` (which it does not
 * give to positionals). No word of a command line can hold a NUL.
 */
const literalMark = '\0';

/**
 * Finds out what a command line asks for.
 * @throws UsageError when it makes no sense
 */
export function parseArguments(argv: readonly string[], commands: readonly RegisteredCommand[]): Invocation {
  const rewritten = rewriteLegacyOptions(argv);
  const end = rewritten.indexOf('--');
  const words = spellOutColor(end === -1 ? rewritten : rewritten.slice(0, end));
  const literals = end === -1 ? [] : rewritten.slice(end + 1);

  const commandAt = words.findIndex((word) => !word.startsWith('-'));
  const name = words[commandAt];
  if (name === 'help') {
    const topic = words.slice(commandAt + 1).find((word) => !word.startsWith('-'));
    return { kind: 'help', command: topic === undefined ? undefined : findCommand(topic, commands) };
  }
  const command = name === undefined ? undefined : findCommand(name, commands);
  if (words.includes('--help') || words.includes('-h')) return { kind: 'help', command };
  if (words.includes('--version') || words.includes('-V')) {
    return { kind: 'version', isVerbose: words.includes('--verbose') };
  }
  if (command === undefined) {
    const [stray] = words;
    const fault = stray === undefined ? 'no command given' : `unknown option "${stray}" and no command given`;
    throw new UsageError(fault, '"xcfg --help" lists the commands');
  }
  const marked = [
    ...words
      .filter((_, at) => at !== commandAt)
      .flatMap((word) => command.spellOut?.(word) ?? [word])
      .map((word) => (word === '-' ? literalMark + word : word)),
    ...literals.map((word) => literalMark + word),
  ];
  return { kind: 'run', command, args: parseWith(command, marked) };
}

function findCommand(name: string, commands: readonly RegisteredCommand[]): RegisteredCommand {
  const found = commands.find((command) => command.name === name || command.aliases?.includes(name));
  if (found !== undefined) return found;
  const near = closestWord(
    name,
    commands.flatMap((command) => [command.name, ...(command.aliases ?? [])]),
  );
  throw new UsageError(
    `unknown command "${name}"`,
    near === undefined ? '"xcfg --help" lists the commands' : `did you mean "xcfg ${near}"?`,
  );
}

function parseWith(command: RegisteredCommand, words: readonly string[]): Record<string, unknown> {
  let args: Record<string, unknown> = {};
  let arrays: ReadonlySet<string> = new Set();
  let numbers: ReadonlyMap<string, string> = new Map();
  yargs()
    .locale('en')
    // An option that may be repeated takes one value each time, and not the paths behind it; a dot is only a dot.
    .parserConfiguration({ 'greedy-arrays': false, 'dot-notation': false })
    .help(false)
    .version(false)
    .exitProcess(false)
    .strict()
    .fail((message: string | null, error: Error | undefined) => {
      // A fault of the words comes with a message; an error alone is thrown by a command's definition.
      if (message === null && error !== undefined) throw error;
      throw explainFault(message ?? '', command);
    })
    .command({
      // As the command of a program that has only this one: yargs lays out help before it runs any other.
      command: command.usage.replace(command.name, '$0'),
      builder: (argv: Argv) => {
        const own = withCommonOptions(command.options(argv));
        arrays = arrayOptions(own);
        numbers = numberOptions(own);
        refuseUnknownOptions(words, optionNames(own), command);
        refuseValues(words, booleanOptions(own), command);
        // As texts they come as they were written.
        return own.requiresArg(valueOptions(own)).string([...numbers.keys()]);
      },
      handler: (parsed: Record<string, unknown>) => {
        args = parsed;
      },
    })
    .parseSync([...words]);
  for (const [name, value] of Object.entries(args)) {
    if (name === '_') continue;
    const settled = settle(name, value, arrays.has(name), command);
    const number = numbers.get(name);
    args[name] =
      number !== undefined && typeof settled === 'string' ? optionNumber(number, settled, command) : settled;
  }
  return args;
}

/**
 * Before yargs looks for what is missing: what seems to be missing may be what was misspelt. No word that begins with a
 * dash is the value of another option, unless it is a number.
 */
function refuseUnknownOptions(
  words: readonly string[],
  { known, shown }: OptionNames,
  command: RegisteredCommand,
): void {
  for (const word of words) {
    const option = word.startsWith('--') ? word.split('=')[0] : unknownLetter(word, known);
    if (option === undefined) continue;
    const name = option.replace(/^--?/, '');
    if (known.has(name) || known.has(name.replace(/^no-/, ''))) continue;
    const near = closestOption(name, shown);
    throw new UsageError(
      `unknown option "${option}"`,
      near === undefined ? `see "xcfg ${command.name} --help"` : `did you mean "${dashed(near)}"?`,
    );
  }
}

/** The first letter of `-xyz` that is no option; what yargs takes for the value of one is none. */
function unknownLetter(word: string, known: ReadonlySet<string>): string | undefined {
  const letters = /^-([A-Za-z]+)/.exec(word)?.[1] ?? '';
  const unknown = [...letters].find((letter) => !known.has(letter));
  return unknown === undefined ? undefined : `-${unknown}`;
}

/** Besides slips of the pen: names cut short, or with another ending (`--stdin`, `--entry` for `--entries`). */
function closestOption(name: string, names: readonly string[]): string | undefined {
  const near = closestWord(name.replace(/^no-/, ''), names);
  if (near !== undefined) return near;
  const starts = [name, name.slice(0, -1)].filter((start) => start.length > 2);
  return starts
    .map((start) => names.find((each) => each.startsWith(start)))
    .find((each) => each !== undefined);
}

/** yargs takes any value of a boolean option for `false`. */
function refuseValues(
  words: readonly string[],
  booleans: ReadonlySet<string>,
  command: RegisteredCommand,
): void {
  for (const word of words) {
    const [, name = '', value = ''] = /^--([^=]+)=(.*)$/.exec(word) ?? [];
    if (!booleans.has(name) || value === 'true' || value === 'false') continue;
    throw new UsageError(
      `option "${dashed(name)}" takes no value, not "${value}"`,
      `see "xcfg ${command.name} --help"`,
    );
  }
}

/** Takes the last of an option given twice, and removes the marks. */
function settle(name: string, value: unknown, isArray: boolean, command: RegisteredCommand): unknown {
  if (Array.isArray(value) && !isArray && !command.usage.includes(`[${name}..]`)) {
    return settle(name, value.at(-1), isArray, command);
  }
  if (Array.isArray(value)) return value.map(unmark);
  return unmark(value);
}

function unmark(value: unknown): unknown {
  return typeof value === 'string' && value.startsWith(literalMark) ? value.slice(literalMark.length) : value;
}

/** Turns what yargs says into one line with the fault and one with the repair. */
function explainFault(message: string, command: RegisteredCommand): UsageError {
  const help = `see "xcfg ${command.name} --help"`;
  const stray = /^Unknown arguments?: (.*)$/.exec(message)?.[1]?.split(', ')[0];
  if (stray !== undefined) {
    return new UsageError(`unexpected word "${unmark(stray)}"`, repairOfStray(command));
  }
  const missingValue = /^Not enough arguments following: (.*)$/.exec(message)?.[1];
  if (missingValue !== undefined)
    return new UsageError(`option "${dashed(missingValue)}" needs a value`, help);
  const missingOption = /^Missing required arguments?: (.*)$/.exec(message)?.[1];
  if (missingOption !== undefined) {
    const names = missingOption.split(', ').map(dashed).join(', ');
    return new UsageError(`missing ${names}`, help);
  }
  const choice = /Argument: (.*?), Given: (.*), Choices: (.*)$/m.exec(message);
  if (choice !== null) {
    const [, name = '', given = '', choices = ''] = choice;
    const isPositional = optionRows(command).some((row) => row.isPositional && row.name === name);
    const subject = isPositional ? name : `option "${dashed(name)}"`;
    return new UsageError(`${subject} cannot be ${given}`, `choose one of ${choices}`);
  }
  if (message.startsWith('Not enough non-option arguments')) {
    return new UsageError(`"xcfg ${command.name}" needs more words`, `usage: xcfg ${command.usage}`);
  }
  return new UsageError(message.replaceAll(/\s+/g, ' '), help);
}

/** A command that takes its file by an option is given it as a word by those who know the others. */
function repairOfStray(command: RegisteredCommand): string {
  const file = optionRows(command).find(({ name, isPositional }) => name === 'file' && !isPositional);
  if (file === undefined) return `usage: xcfg ${command.usage}`;
  return `name a file with ${dashed(file.aliases[0] ?? file.name)} FILE`;
}
