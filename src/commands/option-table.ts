import yargs, { type Argv } from 'yargs';
import { colorChoices } from './color.ts';
import type { RegisteredCommand } from './command.ts';

/** One option or positional as help, man page and documentation show it. */
export interface OptionRow {
  readonly name: string;
  readonly isPositional: boolean;
  readonly aliases: readonly string[];
  readonly description: string;
  readonly type: 'boolean' | 'string' | 'number' | 'count';
  readonly isArray: boolean;
  readonly isRequired: boolean;
  readonly choices: readonly string[];
  /** As text; undefined where there is none or where it says nothing (false, an empty list). */
  readonly defaultText: string | undefined;
}

export interface OptionGroup {
  readonly title: string;
  readonly rows: readonly OptionRow[];
}

/** What this file reads of a yargs instance; present in every release since 3, absent from the type declarations. */
interface YargsTables {
  getOptions(): {
    readonly key: Readonly<Record<string, unknown>>;
    readonly alias: Readonly<Record<string, readonly string[]>>;
    readonly array: readonly string[];
    readonly boolean: readonly string[];
    readonly count: readonly string[];
    readonly number: readonly string[];
    readonly string: readonly string[];
    readonly hiddenOptions: readonly string[];
    readonly choices: Readonly<Record<string, readonly unknown[]>>;
    readonly default: Readonly<Record<string, unknown>>;
    readonly defaultDescription: Readonly<Record<string, string | undefined>>;
    readonly demandedOptions: Readonly<Record<string, unknown>>;
  };
  getGroups(): Readonly<Record<string, readonly string[]>>;
  getInternalMethods(): {
    getUsageInstance(): { getDescriptions(): Readonly<Record<string, string | undefined>> };
  };
}

const positionalGroup = 'Positionals:';

/** The options that every command has; `--help` and `--version` are looked for before yargs sees the words. */
export function withCommonOptions(argv: Argv): Argv {
  return argv
    .option('color', {
      choices: colorChoices,
      describe: 'Colour the output; --no-color is --color=never',
      default: 'auto',
      group: 'Misc:',
    })
    .option('debug', {
      type: 'boolean',
      describe: 'Show a stack trace when xcfg itself fails (also DEBUG=xcfg)',
      group: 'Misc:',
    })
    .option('help', { alias: 'h', type: 'boolean', describe: 'Show this help', group: 'Misc:' })
    .option('version', {
      alias: 'V',
      type: 'boolean',
      describe: 'Show the version; with --verbose also what it runs on',
      group: 'Misc:',
    });
}

/** The options of a command (of xcfg itself without one), in groups; arguments come first, "Misc" last. */
export function optionGroups(command?: RegisteredCommand): readonly OptionGroup[] {
  const blank = yargs([]).help(false).version(false);
  const own = command === undefined ? blank : command.options(blank);
  return readGroups(withCommonOptions(own) as unknown as YargsTables, command?.suggestions);
}

/** Options of which every occurrence counts, under all their names; of others the last one does. */
export function arrayOptions(argv: Argv): ReadonlySet<string> {
  const { array, alias } = (argv as unknown as YargsTables).getOptions();
  return new Set(array.flatMap((name) => allNames(name, alias)));
}

/** Options that are numbers: the name of each by all its names. */
export function numberOptions(argv: Argv): ReadonlyMap<string, string> {
  const { number, alias } = (argv as unknown as YargsTables).getOptions();
  return new Map(number.flatMap((name) => allNames(name, alias).map((each) => [each, name] as const)));
}

/** How options may be called. */
export interface OptionNames {
  /** By every name, also those that yargs makes itself. */
  readonly known: ReadonlySet<string>;
  /** By the names that help shows. */
  readonly shown: readonly string[];
}

export function optionNames(argv: Argv): OptionNames {
  const tables = argv as unknown as YargsTables;
  const { key, alias, hiddenOptions } = tables.getOptions();
  const names = Object.keys(key).filter((name) => !tables.getGroups()[positionalGroup]?.includes(name));
  const spelled = names.flatMap((name) => [name, ...(alias[name] ?? [])]);
  return {
    known: new Set(names.flatMap((name) => allNames(name, alias))),
    shown: spelled.filter((name) => !hiddenOptions.includes(name) && !isCamelCase(name)),
  };
}

/** With the other name that yargs gives an option of several words, when it parses. */
function allNames(name: string, alias: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return [name, ...(alias[name] ?? [])].flatMap((each) => [
    each,
    each.replace(/-(.)/g, (_, letter) => letter.toUpperCase()),
  ]);
}

/** The options of a command, of xcfg itself without one, and the arguments of the command, in one list. */
export function optionRows(command?: RegisteredCommand): readonly OptionRow[] {
  return optionGroups(command).flatMap(({ rows }) => rows);
}

/** `--format`, `-f`: how an option may be written; a positional has no name to write. */
export function spellings(row: OptionRow): string[] {
  return row.isPositional ? [] : [row.name, ...row.aliases].map(dashed);
}

/** An option's name as it is written. */
export function dashed(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}

/** Options that take a value: one that is missing is a mistake, not an empty text. */
export function valueOptions(argv: Argv): string[] {
  const tables = argv as unknown as YargsTables;
  const { key, boolean, count } = tables.getOptions();
  const without = new Set([...boolean, ...count, ...(tables.getGroups()[positionalGroup] ?? [])]);
  return Object.keys(key).filter((name) => !without.has(name));
}

/** Options that are there or not: a value behind `=` is a mistake. */
export function booleanOptions(argv: Argv): ReadonlySet<string> {
  const { boolean, alias } = (argv as unknown as YargsTables).getOptions();
  return new Set(boolean.flatMap((name) => [name, ...(alias[name] ?? [])]));
}

function readGroups(tables: YargsTables, suggestions: RegisteredCommand['suggestions'] = {}): OptionGroup[] {
  const options = tables.getOptions();
  const descriptions = tables.getInternalMethods().getUsageInstance().getDescriptions();
  const groups = new Map<string, OptionRow[]>();
  const grouped = new Map<string, string>();
  for (const [title, names] of Object.entries(tables.getGroups())) {
    for (const name of names) grouped.set(name, title);
  }
  const aliases = new Set(Object.values(options.alias).flat());
  for (const name of Object.keys(options.key)) {
    if (aliases.has(name) || options.hiddenOptions.includes(name)) continue;
    const isPositional = grouped.get(name) === positionalGroup;
    const title = isPositional ? 'Arguments' : (grouped.get(name) ?? 'Options').replace(/:$/, '');
    const rows = groups.get(title) ?? [];
    rows.push({
      name,
      isPositional,
      aliases: (options.alias[name] ?? []).filter((alias) => alias !== name && !isCamelCase(alias)),
      description: descriptions[name] ?? '',
      type: typeOf(name, options),
      isArray: options.array.includes(name),
      isRequired: name in options.demandedOptions,
      choices: (options.choices[name] ?? suggestions[name] ?? []).map(String),
      defaultText: options.defaultDescription[name] ?? defaultText(options.default[name]),
    });
    groups.set(title, rows);
  }
  return [...groups].map(([title, rows]) => ({ title, rows })).sort((a, b) => rank(a.title) - rank(b.title));
}

function rank(title: string): number {
  if (title === 'Arguments') return -1;
  return title === 'Misc' ? 1 : 0;
}

/** yargs lists the camel case form that it makes itself among the aliases. */
function isCamelCase(name: string): boolean {
  return /[a-z][A-Z]/.test(name);
}

function typeOf(name: string, options: ReturnType<YargsTables['getOptions']>): OptionRow['type'] {
  if (options.boolean.includes(name)) return 'boolean';
  if (options.number.includes(name)) return 'number';
  return options.count.includes(name) ? 'count' : 'string';
}

function defaultText(value: unknown): string | undefined {
  if (value === undefined || value === false || value === '') return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.join(', ');
  return String(value);
}
