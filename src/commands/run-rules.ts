import { recommended } from '../lint/presets.ts';
import { loadRules } from '../lint/registry.ts';
import type { Rule } from '../lint/rule.ts';
import type { CommandIo } from './command.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { write } from './output.ts';
import type { RulesOptions } from './rules.ts';

/** The work of `xcfg rules`. */
export async function runRules({ json }: RulesOptions, io: CommandIo): Promise<ExitCode> {
  const rules = await loadRules();
  await write(io.stdout, json ? document(rules) : table(rules));
  return exitCodes.ok;
}

function document(rules: readonly Rule[]): string {
  const described = rules.map((rule) => {
    const { examples: _, explains: __, ...meta } = rule.meta;
    return { ...meta, recommended: recommended(rule) !== 'off', documentation: `docs/rules/${meta.name}.md` };
  });
  return `${JSON.stringify({ version: 1, rules: described }, null, 2)}\n`;
}

function table(rules: readonly Rule[]): string {
  const rows = rules.map((rule) => [
    rule.meta.name,
    recommended(rule) === 'off' ? `(${rule.meta.severity})` : rule.meta.severity,
    rule.meta.fixable === 'no' ? '' : `fix: ${rule.meta.fixable}`,
    rule.meta.summary,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n\nSeverities in parentheses are off unless they are asked for.\n`;
}
