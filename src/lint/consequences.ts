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
  const marked = markedLines(findings);
  const causesOf = causesInOrder(causes);
  for (const diagnostic of analysis.configuration.diagnostics) {
    const place = derailmentOf(diagnostic, sources);
    if (place === undefined || isCovered(place, marked.get(place.source) ?? [])) continue;
    const among = causesOf.get(place.source) ?? [];
    const cause = lastUpTo(among, place.range.end, ({ finding }) => finding.at.start);
    if (cause !== undefined) append(further, cause, place);
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

/** Lines of a file, the first and the last of them. */
interface Lines {
  readonly first: number;
  readonly last: number;
}

/** Everything that findings point at, by source: lines in their order, and apart from each other. */
function markedLines(findings: readonly RawFinding[]): ReadonlyMap<SourceText, readonly Lines[]> {
  const marked = new Map<SourceText, Lines[]>();
  const mark = (source: SourceText, { start, end }: Range) =>
    append(marked, source, { first: source.lineAt(start), last: source.lineAt(end) });
  for (const { source, finding } of findings) {
    mark(source, finding.at);
    for (const each of finding.related ?? []) mark(each.source, each.range);
  }
  return new Map([...marked].map(([source, lines]) => [source, merged(lines)]));
}

function merged(lines: readonly Lines[]): readonly Lines[] {
  const result: Lines[] = [];
  for (const each of [...lines].sort((a, b) => a.first - b.first)) {
    const previous = result.at(-1);
    if (previous === undefined || previous.last < each.first) result.push(each);
    else if (previous.last < each.last) result.splice(-1, 1, { first: previous.first, last: each.last });
  }
  return result;
}

function isCovered({ source, range }: RelatedLocation, marked: readonly Lines[]): boolean {
  const line = source.lineAt(range.start);
  const nearest = lastUpTo(marked, line, ({ first }) => first);
  return nearest !== undefined && line <= nearest.last;
}

/** The causes in each file by their places; those at one place as they were found. */
function causesInOrder(causes: readonly RawFinding[]): ReadonlyMap<SourceText, readonly RawFinding[]> {
  const causesOf = new Map<SourceText, RawFinding[]>();
  for (const cause of causes) append(causesOf, cause.source, cause);
  for (const each of causesOf.values()) each.sort((a, b) => a.finding.at.start - b.finding.at.start);
  return causesOf;
}

function append<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

/** The last of some items, in the order of their places, that is not behind a place. */
function lastUpTo<Item>(
  items: readonly Item[],
  place: number,
  placeOf: (item: Item) => number,
): Item | undefined {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && placeOf(item) <= place) low = middle + 1;
    else high = middle;
  }
  return items[low - 1];
}
