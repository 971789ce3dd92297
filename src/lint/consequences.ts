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

/** A class of faults each of which makes the daemon name many lines. */
interface CauseKind {
  readonly isCause: (finding: RawFinding) => boolean;
  readonly explains: (diagnostic: ModelDiagnostic, line: string) => boolean;
}

const causeKinds: readonly CauseKind[] = [
  {
    isCause: ({ rule }) => /^(?:syntax\/|correctness\/duplicate-defaults$)/.test(rule.meta.name),
    explains: ({ code }) => derailments.has(code),
  },
  {
    isCause: ({ rule }) => rule.meta.name === 'syntax/crlf-line-endings',
    explains: (_, line) => line.endsWith('\r'),
  },
];

/**
 * Where the daemon would name further lines because of one fault, these become related places of the finding: who
 * reads the log finds the line there, and who repairs the finding has repaired them all.
 */
export function attachConsequences(
  findings: readonly RawFinding[],
  tree: SourceTree,
  analysis: Analysis,
): readonly RawFinding[] {
  const causes = causeKinds.map(({ isCause, explains }) => ({
    explains,
    bySource: causesInOrder(findings.filter(isCause)),
  }));
  if (causes.every(({ bySource }) => bySource.size === 0)) return findings;
  const further = new Map<RawFinding, RelatedLocation[]>();
  const sources = new Map(
    tree.files.filter(({ file }) => file.format === 'xinetd').map(({ source }) => [source.path, source]),
  );
  const marked = markedLines(findings);
  const attached = new Map<SourceText, Set<number>>();
  for (const diagnostic of analysis.configuration.diagnostics) {
    const named = namedLine(diagnostic, sources);
    if (named === undefined) continue;
    const { place, line } = named;
    const lines = attached.get(place.source) ?? new Set();
    const number = place.source.lineAt(place.range.start);
    if (lines.has(number) || isCovered(place, marked.get(place.source) ?? [])) continue;
    const cause = causes
      .filter(({ explains }) => explains(diagnostic, line))
      .map(({ bySource }) =>
        lastUpTo(bySource.get(place.source) ?? [], place.range.end, ({ finding }) => finding.at.start),
      )
      .find((each) => each !== undefined);
    if (cause === undefined) continue;
    append(further, cause, place);
    attached.set(place.source, lines.add(number));
  }
  return findings.map((each) => {
    const related = further.get(each);
    if (related === undefined) return each;
    return { ...each, finding: { ...each.finding, related: [...(each.finding.related ?? []), ...related] } };
  });
}

/** The line that a message of the daemon names, and its text. */
function namedLine(
  { message, line, location }: ModelDiagnostic,
  sources: ReadonlyMap<string, SourceText>,
): { readonly place: RelatedLocation; readonly line: string } | undefined {
  if (line === undefined || location === null) return undefined;
  const source = sources.get(location.source.path);
  if (source === undefined) return undefined;
  const start = source.lines.startOf(line);
  const newline = source.text.indexOf('\n', start);
  const text = source.text.slice(start, newline === -1 ? undefined : newline);
  const indent = text.length - text.trimStart().length;
  const range = { start: start + indent, end: start + text.trimEnd().length };
  return { place: { source, range, message: `the log says here: ${message.trim()}` }, line: text };
}

/** Lines of a file, the first and the last of them. */
interface Lines {
  readonly first: number;
  readonly last: number;
}

/**
 * Lines at which findings say what the daemon does with them, by source, in their order and apart from each other; what
 * is unwise there is another matter.
 */
function markedLines(findings: readonly RawFinding[]): ReadonlyMap<SourceText, readonly Lines[]> {
  const marked = new Map<SourceText, Lines[]>();
  const mark = (source: SourceText, { start, end }: Range) =>
    append(marked, source, { first: source.lineAt(start), last: source.lineAt(end) });
  for (const { rule, source, finding } of findings) {
    if (!/^(?:syntax|correctness)\//.test(rule.meta.name)) continue;
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
