import type { RuleEntries, RuleLevel } from '../config/configuration.ts';
import { optionFault } from '../config/option-fault.ts';
import type { Rule } from '../lint/rule.ts';
import { closestWord } from '../text/closest-word.ts';
import { UsageError } from './usage-error.ts';

const levels: readonly string[] = ['off', 'info', 'warning', 'error'];

/**
 * What `--rule NAME=SEVERITY` says, in order; NAME is a rule or a group (`style/*`), a missing severity is the rule's
 * own, and options may follow as JSON (`NAME=warning:{"min":"002"}`).
 * @throws UsageError for unknown names and severities
 */
export function ruleEntries(options: readonly string[], rules: readonly Rule[]): RuleEntries {
  const entries: Record<string, RuleEntries[string]> = {};
  for (const option of options) {
    const at = option.indexOf('=');
    const name = at === -1 ? option : option.slice(0, at);
    const [wanted, settings] = splitSettings(at === -1 ? undefined : option.slice(at + 1));
    if (wanted !== undefined && !levels.includes(wanted)) {
      throw new UsageError(
        `"${wanted}" is no severity`,
        `write --rule ${name}=off, =info, =warning or =error`,
      );
    }
    for (const rule of rulesNamed(name, rules)) {
      const level = (wanted as RuleLevel | undefined) ?? rule.meta.severity;
      const given = settings === undefined ? undefined : readSettings(settings, name);
      if (given !== undefined) checkSettings(given, rule);
      // Taken out first, so that the last one is last.
      delete entries[rule.meta.name];
      entries[rule.meta.name] = given === undefined ? level : [level, given];
    }
  }
  return entries;
}

function checkSettings(settings: Readonly<Record<string, unknown>>, rule: Rule): void {
  const { name, options = {} } = rule.meta;
  for (const [option, value] of Object.entries(settings)) {
    const shape = Object.hasOwn(options, option) ? options[option] : undefined;
    if (shape === undefined) {
      const near = closestWord(option, Object.keys(options));
      throw new UsageError(
        `${name} has no option "${option}"`,
        near === undefined ? `see "xcfg explain ${name}"` : `did you mean "${near}"?`,
      );
    }
    const fault = optionFault(value, shape);
    if (fault !== undefined) throw new UsageError(`"${option}" ${fault}`, `see "xcfg explain ${name}"`);
  }
}

function splitSettings(value: string | undefined): [level: string | undefined, settings: string | undefined] {
  const at = value?.indexOf(':') ?? -1;
  return value === undefined || at === -1 ? [value, undefined] : [value.slice(0, at), value.slice(at + 1)];
}

function readSettings(text: string, name: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UsageError(
    `the options of ${name} are no JSON object`,
    `write them as ${name}=warning:{"name": "value"}`,
  );
}

/**
 * Refuses names that no rule has.
 * @throws UsageError
 */
export function refuseUnknownRules(names: readonly string[], rules: readonly Rule[]): void {
  for (const name of names) rulesNamed(name, rules);
}

function rulesNamed(name: string, rules: readonly Rule[]): readonly Rule[] {
  const group = name.endsWith('/*') ? name.slice(0, -1) : undefined;
  const named = rules.filter(({ meta }) =>
    group === undefined ? meta.name === name : meta.name.startsWith(group),
  );
  if (named.length > 0) return named;
  const near = closestWord(
    name,
    rules.map(({ meta }) => meta.name),
  );
  throw new UsageError(
    `there is no rule "${name}"`,
    near === undefined ? '"xcfg rules" lists them' : `did you mean "${near}"?`,
  );
}
