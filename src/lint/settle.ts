import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ActiveRule, ActiveRules } from './active-rules.ts';
import type { Analysis } from './analysis.ts';
import { effectSentence } from './effect-sentence.ts';
import { safetyOf } from './fix-safety.ts';
import { locate } from './locate.ts';
import { placeholderNames } from './placeholder-names.ts';
import type { RawFinding } from './raw-finding.ts';
import type { SourceTree } from './source-tree.ts';

/** What decides about everything in a finding that is not the rule's own. */
export interface Settlement {
  readonly tree: SourceTree;
  readonly analysis: Analysis;
  /** Decide over severities where the configuration of xcfg does not leave them to rule and finding. */
  readonly rules: ActiveRules;
  readonly fixRules: ReadonlySet<string>;
}

/** Makes a diagnostic of a finding: severity, the sentence about its effect, the safety of its fix. */
export function settle(raw: RawFinding, settlement: Settlement): Diagnostic {
  return withPlaceholders(diagnosticOf(raw, settlement), settlement);
}

/** Nobody has written what was made up for the placeholders of a template. */
function withPlaceholders(diagnostic: Diagnostic, { analysis }: Settlement): Diagnostic {
  const { location, message, effect, related, fix } = diagnostic;
  const file = analysis.fileOf(location.source);
  if (file === undefined || file.opaque.length === 0) return diagnostic;
  const named = placeholderNames(file, locate(file.file, location.range).entry, location.range);
  return {
    ...diagnostic,
    message: named(message),
    ...(effect === undefined ? {} : { effect: named(effect) }),
    ...(related === undefined
      ? {}
      : { related: related.map((each) => ({ ...each, message: named(each.message) })) }),
    ...(fix === undefined ? {} : { fix: { ...fix, description: named(fix.description) } }),
  };
}

function diagnosticOf(raw: RawFinding, settlement: Settlement): Diagnostic {
  const { rule, source, finding } = raw;
  const { meta } = rule;
  const effect = effectOf(raw, settlement);
  const isFixWanted = meta.isFixedOnRequest !== true || settlement.fixRules.has(meta.name);
  const fix = isFixWanted ? finding.fix : undefined;
  const active = settlement.rules.of(source).byRule.get(rule);
  const items = benchmarkItems(raw, active);
  const isRaised = items.length > 0 && active?.isRaised === true;
  return {
    code: meta.name,
    severity: isRaised ? 'error' : (active?.severity ?? finding.severity ?? meta.severity),
    message: items.length === 0 ? finding.message : `${finding.message} (${items.join(', ')})`,
    location: { source, range: { start: finding.at.start, end: finding.at.end } },
    ...(effect === undefined ? {} : { effect }),
    ...(finding.related === undefined ? {} : { related: finding.related }),
    ...(fix === undefined
      ? {}
      : {
          fix: {
            description: fix.description,
            edits: fix.edits,
            safety: safetyOf(fix, meta, source, settlement.analysis),
          },
        }),
    ...(finding.isSecret === true ? { isSecret: true } : {}),
  };
}

/** Items of the benchmarks that the configuration is about. */
function benchmarkItems({ rule, finding }: RawFinding, active: ActiveRule | undefined): readonly string[] {
  const items = finding.items ?? rule.meta.items ?? [];
  return items.filter((item) => active?.benchmarks?.some((benchmark) => item.startsWith(benchmark)));
}

function effectOf({ rule, source, finding }: RawFinding, { analysis }: Settlement): string | undefined {
  const file = analysis.fileOf(source)?.file;
  const { entry, attribute } = file === undefined ? {} : locate(file, finding.at);
  return effectSentence(finding, rule.meta.effect, {
    entry,
    attribute: attribute?.key,
    line: () =>
      entry?.syntax === 'block'
        ? analysis.judge(entry, source).lines.find((line) => line.attribute === attribute)
        : undefined,
    isOwn: ({ location }) =>
      attribute !== undefined && location !== null && analysis.lineAt(location)?.attribute === attribute,
    fate: () => (entry === undefined ? { kind: 'unknown' } : analysis.fateOf(entry, source)),
  });
}
