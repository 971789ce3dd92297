import type { RegisteredCommand } from '../../src/commands/command.ts';
import {
  exitRows,
  introduction,
  introductoryExamples,
  optionMeaning,
  optionTerm,
  type Row,
} from '../../src/commands/help.ts';
import { optionGroups } from '../../src/commands/option-table.ts';
import { commands } from '../../src/commands/registry.ts';
import { version } from '../../src/version.ts';

/** The manual pages, from the definitions that also make the help. */
export function* manPages(): Generator<[path: string, text: string]> {
  yield ['docs/man/xcfg.1', mainPage()];
  for (const command of commands) {
    yield [`docs/man/xcfg-${command.name}.${sectionOf(command)}`, commandPage(command)];
  }
}

/** `serve` is a daemon, and those have section 8. */
function sectionOf(command: RegisteredCommand): 1 | 8 {
  return command.name === 'serve' ? 8 : 1;
}

function mainPage(): string {
  const [summary = '', ...more] = introduction;
  return page('xcfg', 1, [
    ['NAME', [`xcfg \\- ${asName(summary)}`]],
    ['SYNOPSIS', ['.B xcfg', '.I COMMAND', escapeRoff('[OPTIONS]')]],
    ['DESCRIPTION', [summary, ...more].map(escapeRoff)],
    ['EXAMPLES', terms(introductoryExamples)],
    ['COMMANDS', commands.flatMap((command) => term(`xcfg ${command.name}`, command.summary))],
    ...groups(),
    ['EXIT STATUS', terms(exitRows())],
    [
      'SEE ALSO',
      [commands.map((command) => `.BR xcfg-${command.name} (${sectionOf(command)})`).join(' ,\n')],
    ],
  ]);
}

function commandPage(command: RegisteredCommand): string {
  const { name, summary, description, usage, examples } = command;
  const [word = '', ...rest] = usage.split(' ');
  return page(`xcfg-${name}`, sectionOf(command), [
    ['NAME', [`xcfg-${name} \\- ${asName(summary)}`]],
    ['SYNOPSIS', [`.B xcfg ${word}`, escapeRoff([...rest, '[OPTIONS]'].join(' '))]],
    ['DESCRIPTION', [summary, ...(description === undefined ? [] : [description])].map(escapeRoff)],
    ['EXAMPLES', terms(examples)],
    ...groups(command),
    ['EXIT STATUS', terms(exitRows(command))],
    ['SEE ALSO', ['.BR xcfg (1)']],
  ]);
}

type Section = readonly [title: string, lines: readonly string[]];

function groups(command?: RegisteredCommand): Section[] {
  return optionGroups(command).map(({ title, rows }) => [
    title.toUpperCase(),
    rows.flatMap((row) => term(optionTerm(row), optionMeaning(row))),
  ]);
}

function page(name: string, section: number, sections: readonly Section[]): string {
  return [
    `.TH ${name.toUpperCase()} ${section} "" "xcfg ${version}" "User Commands"`,
    ...sections.flatMap(([title, lines]) => [`.SH ${title}`, ...lines]),
    '',
  ].join('\n');
}

function terms(rows: readonly Row[]): string[] {
  return rows.flatMap(([name, meaning]) => term(name, meaning));
}

function term(name: string, meaning: string): string[] {
  return ['.TP', `\\fB${escapeRoff(name)}\\fR`, escapeRoff(meaning)];
}

/** The NAME section wants a phrase that starts small and has no full stop. */
function asName(summary: string): string {
  return escapeRoff(summary.replace(/\.$/, '').replace(/^./, (first) => first.toLowerCase()));
}

function escapeRoff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1');
}
