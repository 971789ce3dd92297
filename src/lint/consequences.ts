import type { RelatedLocation } from '../diagnostics/diagnostic.ts';
import type { ModelDiagnostic } from '../model/service.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Analysis } from './analysis.ts';
import type { RawFinding } from './raw-finding.ts';
import type { SourceTree } from './source-tree.ts';

/** What the daemon says of lines that are fine by themselves, because it has lost its way before. */
const derailments: ReadonlySet<string> = new Set([
  'missing-service-keyword',
  'missing-service-name',
  'missing-open-brace',
  'missing-close-brace',
  'incomplete-entry',
  'second-defaults',
  'syntax-no-space',
  'syntax-bad-operator',
  'syntax-nothing',
  'syntax-bare-word',
]);

/** Rules whose findings make the daemon lose its way. */
const structural = /^(?:syntax\/|correctness\/duplicate-defaults$)/;

/**
 * Where the daemon would name further lines because of one fault, these become related places of the finding: who
 * reads the log finds the line there, and who repairs the finding has repaired them all.
 */
export function attachConsequences(
  findings: readonly RawFinding[],
  tree: SourceTree,
  analysis: Analysis,
): readonly RawFinding[] {
  const causes = findings.filter(({ rule }) => structural.test(rule.meta.name));
  if (causes.length === 0) return findings;
  const further = new Map<RawFinding, RelatedLocation[]>();
  for (const diagnostic of analysis.configuration.diagnostics) {
    const place = derailmentOf(diagnostic, tree);
    if (place === undefined || isCovered(place, findings)) continue;
    const cause = nearestBefore(place, causes);
    if (cause !== undefined) further.set(cause, [...(further.get(cause) ?? []), place]);
  }
  return findings.map((each) => {
    const related = further.get(each);
    if (related === undefined) return each;
    return { ...each, finding: { ...each.finding, related: [...(each.finding.related ?? []), ...related] } };
  });
}

function derailmentOf(
  { code, message, line, location }: ModelDiagnostic,
  tree: SourceTree,
): RelatedLocation | undefined {
  if (!derailments.has(code) || line === undefined || location === null) return undefined;
  const source = tree.files.find((each) => each.source.path === location.source.path)?.source;
  if (source === undefined) return undefined;
  const start = source.lines.startOf(line);
  const newline = source.text.indexOf('\n', start);
  const text = source.text.slice(start, newline === -1 ? undefined : newline);
  const indent = text.length - text.trimStart().length;
  return {
    source,
    range: { start: start + indent, end: start + text.trimEnd().length },
    message: `the log says here: ${message.trim()}`,
  };
}

function isCovered({ source, range }: RelatedLocation, findings: readonly RawFinding[]): boolean {
  const line = source.lineAt(range.start);
  return findings.some(({ source: other, finding }) => {
    if (other === source && spans(source, finding.at, line)) return true;
    return (
      finding.related?.some((each) => each.source === source && spans(source, each.range, line)) ?? false
    );
  });
}

function spans(
  source: SourceText,
  range: { readonly start: number; readonly end: number },
  line: number,
): boolean {
  return source.lineAt(range.start) <= line && line <= source.lineAt(range.end);
}

function nearestBefore(
  { source, range }: RelatedLocation,
  causes: readonly RawFinding[],
): RawFinding | undefined {
  let nearest: RawFinding | undefined;
  for (const cause of causes) {
    if (cause.source !== source || cause.finding.at.start > range.end) continue;
    if (nearest === undefined || cause.finding.at.start >= nearest.finding.at.start) nearest = cause;
  }
  return nearest;
}
