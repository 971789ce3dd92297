import type { Severity } from '../diagnostics/diagnostic.ts';
import { closestWord } from '../text/closest-word.ts';
import { UsageError } from './usage-error.ts';

export type RuleSeverity = Severity | 'off';

const severities: readonly string[] = ['off', 'info', 'warning', 'error'];

/**
 * Applies `--rule NAME=SEVERITY` in order; NAME is a rule or a group (`style/*`), a missing severity is the rule's own.
 * @throws UsageError for unknown names and severities
 */
export function applyRuleOptions(
  current: ReadonlyMap<string, RuleSeverity>,
  own: ReadonlyMap<string, Severity>,
  options: readonly string[],
): ReadonlyMap<string, RuleSeverity> {
  const result = new Map(current);
  for (const option of options) {
    const [name = '', wanted] = option.split('=', 2);
    if (wanted !== undefined && !severities.includes(wanted)) {
      throw new UsageError(
        `"${wanted}" is no severity`,
        `write --rule ${name}=off, =info, =warning or =error`,
      );
    }
    for (const rule of rulesNamed(name, [...own.keys()])) {
      result.set(rule, (wanted as RuleSeverity | undefined) ?? own.get(rule) ?? 'off');
    }
  }
  return result;
}

function rulesNamed(name: string, known: readonly string[]): readonly string[] {
  const group = name.endsWith('/*') ? name.slice(0, -1) : undefined;
  const named = known.filter((rule) => (group === undefined ? rule === name : rule.startsWith(group)));
  if (named.length > 0) return named;
  const near = closestWord(name, known);
  throw new UsageError(
    `there is no rule "${name}"`,
    near === undefined ? '"xcfg rules" lists them' : `did you mean "${near}"?`,
  );
}
