import type { RegisteredCommand } from '../../src/commands/command.ts';
import { exitRows, optionMeaning, optionTerm } from '../../src/commands/help.ts';
import { optionGroups } from '../../src/commands/option-table.ts';
import { commands } from '../../src/commands/registry.ts';

/** One page for each command, from the definition that also makes its help. */
export function* commandPages(): Generator<[path: string, text: string]> {
  for (const command of commands) yield [`docs/commands/${command.name}.md`, commandPage(command)];
}

function commandPage(command: RegisteredCommand): string {
  const aliases = (command.aliases ?? []).map((alias) => `\`xcfg ${alias}\``).join(', ');
  return [
    `# xcfg ${command.name}`,
    [command.summary, command.description].filter((line) => line !== undefined).join('\n'),
    ...(aliases === '' ? [] : [`Also called ${aliases}.`]),
    `    xcfg ${command.usage} [OPTIONS]`,
    '## Examples',
    table(
      ['command line', 'what it does'],
      command.examples.map(([line, purpose]) => [code(line), purpose]),
    ),
    ...optionGroups(command).flatMap(({ title, rows }) => [
      `## ${title}`,
      table(
        [title === 'Arguments' ? 'argument' : 'option', 'meaning'],
        rows.map((row) => [code(optionTerm(row)), optionMeaning(row)]),
      ),
    ]),
    '## Exit status',
    `${table(['status', 'meaning'], exitRows(command))}\n`,
  ].join('\n\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]) =>
    `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [cells(head), cells(head.map(() => '---')), ...rows.map(cells)].join('\n');
}
