import { compareDiagnostics, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceText } from '../text/source-text.ts';
import { type ActiveRule, ActiveRules, type PreparedRule, type RuleSet } from './active-rules.ts';
import { Analysis } from './analysis.ts';
import { attachConsequences } from './consequences.ts';
import type { Host } from './host.ts';
import type { RawFinding } from './raw-finding.ts';
import { keepRootCauses } from './root-cause.ts';
import type { Finding, RuleHandlers } from './rule.ts';
import { type Settlement, settle } from './settle.ts';
import type { SourceTree, TreeFile } from './source-tree.ts';
import { readDirectives } from './suppressions/directive.ts';
import { matchesRule, suppress } from './suppressions/suppress.ts';
import { defaultTarget, dialectOfTarget, type Target } from './target.ts';
import { touches } from './templates.ts';
import { adviseInTree } from './tree-advice.ts';
import { visit } from './visit.ts';

export interface LintOptions {
  /** The rules that are active for a file; one and the same list for files that are treated alike. */
  readonly rulesFor: (path: string) => readonly ActiveRule[];
  readonly target?: Target;
  /** What is known of the machine; without it nothing is. */
  readonly host?: Host;
  /** Rules whose fixes are wanted although they are made on request only. */
  readonly fixRules?: readonly string[];
  /** Whether suppression comments count; they do unless this says no. */
  readonly honoursDirectives?: boolean;
  /** Rules, or `group/*`, that no comment can silence. */
  readonly locked?: readonly string[];
  /** Told of each file that has been looked at. */
  readonly onFile?: () => void;
}

/** Every finding of the active rules in a tree, in the order of reports. */
export function lintTree(tree: SourceTree, options: LintOptions): Diagnostic[] {
  const rules = new ActiveRules(options.rulesFor);
  const run: Run = {
    tree,
    analysis: new Analysis(tree, options.host),
    target: options.target ?? defaultTarget,
  };
  const { analysis, target } = run;
  const sources = tree.files.map(({ source }) => source);
  const all = rules.ofAll(sources);
  const opaque = new Map(tree.files.map((file) => [file.source, file.opaque]));
  const found: RawFinding[] = [];
  for (const file of tree.files) {
    checkFile(file, run, rules.of(file.source).ofFile[file.file.format], found);
    options.onFile?.();
  }
  for (const { rule, values } of all.ofTree) {
    rule.checkTree?.({
      tree,
      analysis,
      target,
      options: values,
      report: (finding) => {
        if (rules.of(finding.source).has(rule)) found.push({ rule, source: finding.source, finding });
      },
    });
  }
  const judged = found.filter(({ source, finding }) => !touches(opaque.get(source) ?? [], finding.at));
  const settlement: Settlement = { rules, fixRules: new Set(options.fixRules), ...run };
  const diagnostics = attachConsequences(keepRootCauses(judged, tree), tree, analysis).map((each) =>
    settle(each, settlement),
  );
  const result =
    options.honoursDirectives === false ? diagnostics : silence(diagnostics, options, settlement, all);
  return result.sort(compareDiagnostics);
}

type Run = { readonly tree: SourceTree; readonly analysis: Analysis; readonly target: Target };

function checkFile(
  { source, file }: TreeFile,
  { tree, analysis, target }: Run,
  rules: readonly PreparedRule[],
  found: RawFinding[],
): void {
  const handlers: RuleHandlers[] = [];
  for (const { rule, values } of rules) {
    const report = (finding: Finding) => {
      found.push({ rule, source, finding });
    };
    const wanted = rule.check?.({ tree, analysis, target, source, file, options: values, report });
    if (wanted !== undefined) handlers.push(wanted);
  }
  visit(file, handlers, file.format === 'inetd' ? adviseInTree(file, tree, dialectOfTarget(target)) : []);
}

/** Leaves out what comments silence, and adds what there is to say about the comments. */
function silence(
  diagnostics: readonly Diagnostic[],
  { locked = [] }: LintOptions,
  settlement: Settlement,
  all: RuleSet,
): Diagnostic[] {
  const directives = new Map<SourceText, ReturnType<typeof readDirectives>>();
  for (const { source, file } of settlement.tree.files) directives.set(source, readDirectives(file, source));
  const isLocked = (rule: string) => locked.some((pattern) => matchesRule(pattern, rule));
  const result = suppress(diagnostics, directives, isLocked);
  const kept = [...result.kept];
  const { hasFacts } = settlement.analysis.host;
  const isActive = (pattern: string) =>
    [...all.byRule.keys()].some(
      ({ meta }) => matchesRule(pattern, meta.name) && (hasFacts || meta.facts !== 'opt-in'),
    );
  for (const { rule } of all.ofSuppressions) {
    rule.checkSuppressions?.({
      directives: result.directives,
      isActive,
      report: (finding) => {
        if (settlement.rules.of(finding.source).has(rule)) {
          kept.push(settle({ rule, source: finding.source, finding }, settlement));
        }
      },
    });
  }
  return kept;
}
