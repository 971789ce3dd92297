import { compareDiagnostics, type Diagnostic, type Severity } from '../diagnostics/diagnostic.ts';
import { effectClauses } from './effect.ts';
import type { RawFinding } from './raw-finding.ts';
import { keepRootCauses } from './root-cause.ts';
import type { Finding, OptionValues, Rule, RuleHandlers, RuleOptions } from './rule.ts';
import type { SourceTree, TreeFile } from './source-tree.ts';
import { defaultTarget, type Target } from './target.ts';
import { visit } from './visit.ts';

/** A rule that is switched on, with what the configuration of xcfg says about it. */
export interface ActiveRule {
  readonly rule: Rule;
  /** Given where the configuration decides over the severity. */
  readonly severity?: Severity;
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface LintOptions {
  readonly rules: readonly ActiveRule[];
  readonly target?: Target;
}

/** Every finding of the active rules in a tree, in the order of reports. */
export function lintTree(tree: SourceTree, options: LintOptions): Diagnostic[] {
  const target = options.target ?? defaultTarget;
  const found: RawFinding[] = [];
  const active = options.rules.map((each) => ({ ...each, values: optionValues(each) }));
  for (const file of tree.files) {
    const rules = active.filter(({ rule }) => rule.meta.formats.includes(file.file.format));
    checkFile(file, tree, target, rules, found);
  }
  for (const { rule, values } of active) {
    rule.checkTree?.({
      tree,
      target,
      options: values,
      report: (finding) => found.push({ rule, source: finding.source, finding }),
    });
  }
  const severities = new Map(active.map(({ rule, severity }) => [rule, severity]));
  return keepRootCauses(found)
    .map((each) => settle(each, severities.get(each.rule)))
    .sort(compareDiagnostics);
}

interface PreparedRule extends ActiveRule {
  readonly values: OptionValues<RuleOptions>;
}

function checkFile(
  { source, file }: TreeFile,
  tree: SourceTree,
  target: Target,
  rules: readonly PreparedRule[],
  found: RawFinding[],
): void {
  const handlers: RuleHandlers[] = [];
  for (const { rule, values } of rules) {
    if (rule.check === undefined) continue;
    const report = (finding: Finding) => {
      found.push({ rule, source, finding });
    };
    handlers.push(rule.check({ source, file, tree, target, options: values, report }));
  }
  visit(file, handlers);
}

function optionValues({ rule, options = {} }: ActiveRule): OptionValues<RuleOptions> {
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(rule.meta.options ?? {})) {
    values[name] = options[name] ?? option.default;
  }
  return values;
}

function settle({ rule, source, finding }: RawFinding, configured: Severity | undefined): Diagnostic {
  const effect = finding.consequence ?? effectClauses[finding.effect ?? rule.meta.effect];
  return {
    code: rule.meta.name,
    severity: configured ?? finding.severity ?? rule.meta.severity,
    message: finding.message,
    location: { source, range: { start: finding.at.start, end: finding.at.end } },
    ...(effect === null ? {} : { effect }),
    ...(finding.related === undefined ? {} : { related: finding.related }),
    ...(finding.fix === undefined ? {} : { fix: { ...finding.fix, safety: 'unsafe' } }),
  };
}
