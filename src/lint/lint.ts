import { compareDiagnostics, type Diagnostic, type Severity } from '../diagnostics/diagnostic.ts';
import { advise } from '../grammar/inetd/advice.ts';
import { type DialectChoice, dialectNamed } from '../grammar/inetd/dialects.ts';
import { Analysis } from './analysis.ts';
import { attachConsequences } from './consequences.ts';
import type { Host } from './host.ts';
import type { RawFinding } from './raw-finding.ts';
import { keepRootCauses } from './root-cause.ts';
import type { Finding, OptionValues, Rule, RuleHandlers, RuleOptions } from './rule.ts';
import { settle } from './settle.ts';
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
  /** What is known of the machine; without it nothing is. */
  readonly host?: Host;
  /** Rules whose fixes are wanted although they are made on request only. */
  readonly fixRules?: readonly string[];
}

/** Every finding of the active rules in a tree, in the order of reports. */
export function lintTree(tree: SourceTree, options: LintOptions): Diagnostic[] {
  const target = options.target ?? defaultTarget;
  const analysis = new Analysis(tree, options.host);
  const found: RawFinding[] = [];
  const active = options.rules.map((each) => ({ ...each, values: optionValues(each) }));
  for (const file of tree.files) {
    const rules = active.filter(({ rule }) => rule.meta.formats.includes(file.file.format));
    checkFile(file, { tree, analysis, target }, rules, found);
  }
  for (const { rule, values } of active) {
    rule.checkTree?.({
      tree,
      analysis,
      target,
      options: values,
      report: (finding) => found.push({ rule, source: finding.source, finding }),
    });
  }
  const severities = new Map(active.map(({ rule, severity }) => [rule, severity]));
  const settlement = { tree, analysis, severities, fixRules: new Set(options.fixRules) };
  return attachConsequences(keepRootCauses(found), tree, analysis)
    .map((each) => settle(each, settlement))
    .sort(compareDiagnostics);
}

interface PreparedRule extends ActiveRule {
  readonly values: OptionValues<RuleOptions>;
}

function checkFile(
  { source, file }: TreeFile,
  shared: { readonly tree: SourceTree; readonly analysis: Analysis; readonly target: Target },
  rules: readonly PreparedRule[],
  found: RawFinding[],
): void {
  const handlers: RuleHandlers[] = [];
  for (const { rule, values } of rules) {
    if (rule.check === undefined) continue;
    const report = (finding: Finding) => {
      found.push({ rule, source, finding });
    };
    handlers.push(rule.check({ ...shared, source, file, options: values, report }));
  }
  visit(file, handlers, file.format === 'inetd' ? advise(file.children, dialectOf(shared.target)) : []);
}

function dialectOf({ inetdDialect }: Target): DialectChoice {
  return (inetdDialect === null ? undefined : dialectNamed(inetdDialect)) ?? 'auto';
}

function optionValues({ rule, options = {} }: ActiveRule): OptionValues<RuleOptions> {
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(rule.meta.options ?? {})) {
    values[name] = options[name] ?? option.default;
  }
  return values;
}
