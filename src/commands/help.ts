import type { RegisteredCommand } from './command.ts';
import { exitCodes, exitMeanings } from './exit-code.ts';
import { type OptionGroup, type OptionRow, optionGroups, spellings } from './option-table.ts';

/** Two columns: what to write, what it does. */
export type Row = readonly [term: string, meaning: string];

export const introduction = [
  'Convert, lint, format and serve inetd.conf and xinetd.conf.',
  'Results go to standard output, everything else to standard error.',
];

export const introductoryExamples: readonly Row[] = [
  ['xcfg convert < /etc/inetd.conf', 'turn inetd.conf into xinetd.conf'],
  ['xcfg lint /etc/xinetd.conf', 'report what is wrong, and what the daemon makes of it'],
];

/** The help of xcfg itself: what there is. */
export function mainHelp(commands: readonly RegisteredCommand[], width: number): string {
  return [
    introduction.join('\n'),
    'Usage: xcfg COMMAND [OPTIONS]',
    section('Examples', introductoryExamples, width),
    section(
      'Commands',
      commands.map((command) => [[command.name, ...(command.aliases ?? [])].join(', '), command.summary]),
      width,
    ),
    ...optionGroups().map((group) => groupSection(group, width)),
    section('Exit status', exitRows(), width),
    '"xcfg COMMAND --help" tells more about a command.\n',
  ].join('\n\n');
}

/** The help of one command: description, usage, examples, options in groups, exit statuses. */
export function commandHelp(command: RegisteredCommand, width: number): string {
  const head = [command.summary, ...(command.description === undefined ? [] : [command.description])];
  return [
    head.flatMap((line) => wrap(line, width)).join('\n'),
    `Usage: xcfg ${command.usage} [OPTIONS]`,
    section('Examples', command.examples, width),
    ...optionGroups(command).map((group) => groupSection(group, width)),
    `${section('Exit status', exitRows(command), width)}\n`,
  ].join('\n\n');
}

/** The exit statuses of a command with what they mean there. */
export function exitRows(command?: RegisteredCommand): Row[] {
  return Object.values(exitCodes).flatMap((code): Row[] => {
    const own = command?.exitStatus?.[code];
    return own === null ? [] : [[String(code), own ?? exitMeanings[code]]];
  });
}

/** `-f, --format VALUE`: how an option is written; positionals stand as they are. */
export function optionTerm(row: OptionRow): string {
  if (row.isPositional) return row.name;
  const spelled = spellings(row)
    .sort((a, b) => a.length - b.length)
    .join(', ');
  const takesValue = row.type === 'string' || row.type === 'number';
  return `${spelled}${takesValue ? ` ${row.type === 'number' ? 'N' : 'VALUE'}` : ''}`;
}

/** What an option does, with its choices and default. */
export function optionMeaning(row: OptionRow): string {
  const notes = [
    ...(row.isRequired ? ['required'] : []),
    ...(row.isArray && row.choices.length === 0 ? ['may be repeated'] : []),
    ...(row.choices.length > 0 ? [`one of ${row.choices.join(', ')}`] : []),
    ...(row.defaultText === undefined ? [] : [`default ${row.defaultText}`]),
  ];
  return notes.length === 0 ? row.description : `${row.description} (${notes.join('; ')})`;
}

function groupSection(group: OptionGroup, width: number): string {
  const rows = group.rows.map((row): Row => [optionTerm(row), optionMeaning(row)]);
  return section(group.title, rows, width);
}

function section(title: string, rows: readonly Row[], width: number): string {
  const termWidth = Math.min(36, Math.max(0, ...rows.map(([term]) => term.length)));
  const indent = ' '.repeat(termWidth + 4);
  const lines = rows.flatMap(([term, meaning]) => {
    const [first = '', ...rest] = wrap(meaning, Math.max(20, width - indent.length));
    const gap = termWidth + 2 - term.length;
    const head = gap < 2 ? [`  ${term}`, indent + first] : [`  ${term}${' '.repeat(gap)}${first}`];
    return [...head, ...rest.map((line) => indent + line)];
  });
  return [`${title}:`, ...lines].join('\n');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
