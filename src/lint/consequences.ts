import type { RelatedLocation } from '../diagnostics/diagnostic.ts';
import type { ModelDiagnostic } from '../model/service.ts';
import type { Range } from '../text/range.ts';
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
  const sources = new Map(
    tree.files.filter(({ file }) => file.format === 'xinetd').map(({ source }) => [source.path, source]),
  );
  const marked = markedRanges(findings);
  const causesOf = new Map<SourceText, RawFinding[]>();
  for (const cause of causes) append(causesOf, cause.source, cause);
  for (const diagnostic of analysis.configuration.diagnostics) {
    const place = derailmentOf(diagnostic, sources);
    if (place === undefined || isCovered(place, marked.get(place.source) ?? [])) continue;
    const cause = nearestBefore(place, causesOf.get(place.source) ?? []);
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
  sources: ReadonlyMap<string, SourceText>,
): RelatedLocation | undefined {
  if (!derailments.has(code) || line === undefined || location === null) return undefined;
  const source = sources.get(location.source.path);
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

/** Everything that findings point at, by source. */
function markedRanges(findings: readonly RawFinding[]): ReadonlyMap<SourceText, readonly Range[]> {
  const marked = new Map<SourceText, Range[]>();
  for (const { source, finding } of findings) {
    append(marked, source, finding.at);
    for (const each of finding.related ?? []) append(marked, each.source, each.range);
  }
  return marked;
}

function append<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

function isCovered({ source, range }: RelatedLocation, marked: readonly Range[]): boolean {
  const line = source.lineAt(range.start);
  return marked.some(({ start, end }) => source.lineAt(start) <= line && line <= source.lineAt(end));
}

/** Of causes in the same file. */
function nearestBefore({ range }: RelatedLocation, causes: readonly RawFinding[]): RawFinding | undefined {
  let nearest: RawFinding | undefined;
  for (const cause of causes) {
    if (cause.finding.at.start > range.end) continue;
    if (nearest === undefined || cause.finding.at.start >= nearest.finding.at.start) nearest = cause;
  }
  return nearest;
}
