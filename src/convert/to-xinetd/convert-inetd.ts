import { type NewNode, newEntry } from '../../ast/new-entry.ts';
import type { Comment } from '../../ast/nodes.ts';
import { syntheticComment } from '../../ast/synthetic.ts';
import type { SourceText } from '../../text/source-text.ts';
import { PlaceReport, type Report } from '../diagnostic.ts';
import {
  type InetdServiceItem,
  type LinePlace,
  lostLine,
  type PlainLine,
  sourceLines,
} from '../from-inetd/inetd-item.ts';
import { readInetdText, serviceOfPlainLine } from '../from-inetd/read-text.ts';
import type { ReadingState } from '../from-inetd/reading-state.ts';
import { isRejection } from '../rejection.ts';
import { attributesOf } from './entry-plan.ts';
import { NameCensus } from './name-census.ts';
import { PlainEntries } from './plain-entries.ts';
import { planEntries, type XinetdTarget } from './plan-entries.ts';
import { RepeatedEntries, RepeatedEntry } from './repeated-entry.ts';
import { settleRepeatedNames } from './repeated-names.ts';
import { TcpmuxWatch } from './tcpmux.ts';

/**
 * Converts inetd.conf to xinetd.conf, node by node while it is asked for them, so that a huge file is never there as a
 * whole. Comments stay at their place, and a line that cannot be carried over stays as a comment.
 *
 * `large` is the size from which a text is read without a tree; for tests.
 */
export function* convertInetd(
  source: SourceText,
  target: XinetdTarget,
  report: Report,
  large?: number,
): Generator<NewNode> {
  const plainEntries = new PlainEntries(target, report);
  const repeated = repeatedEntries(source, target, plainEntries, report, large);
  const tcpmux = new TcpmuxWatch();
  for (const item of readInetdText(source, readingState(target, report), large)) {
    if (item.type === 'Comment' || item.type === 'Blank') {
      yield item;
      continue;
    }
    if (item.type === 'LostLine') {
      yield* item.comments.map(syntheticComment);
      continue;
    }
    const entry = item.type === 'PlainLine' ? plainEntries.convert(item, repeated) : null;
    if (entry !== null) {
      if (target.annotates && item.type === 'PlainLine') yield* annotation(item);
      yield entry;
    } else yield* plannedNodes(item, repeated, target, tcpmux, report);
  }
  const added = tcpmux.missingEntry(target.dialect, source.path, report);
  if (added !== null) yield added;
}

function* plannedNodes(
  item: InetdServiceItem | PlainLine,
  repeated: RepeatedEntries,
  target: XinetdTarget,
  tcpmux: TcpmuxWatch,
  report: Report,
): Generator<NewNode> {
  const place = placeOf(item);
  const plans = plansOf(item, target, report);
  if (isRejection(plans)) {
    yield* lostLine(place, plans, report).comments.map(syntheticComment);
    return;
  }
  if (target.annotates) yield* annotation(place);
  const settled = repeated.take(place.line).map((entry) => entry.settledPlan());
  for (const plan of settled.length > 0 ? settled : plans) {
    tcpmux.see(plan);
    yield newEntry(plan.name, attributesOf(plan));
  }
}

/** The entries that need an id or repeat one another. Read first, because later lines decide with them. */
function repeatedEntries(
  source: SourceText,
  target: XinetdTarget,
  plainEntries: PlainEntries,
  report: Report,
  large: number | undefined,
): RepeatedEntries {
  const repeated = new RepeatedEntries();
  const census = new NameCensus(source);
  if (!census.hasRepeated) return repeated;
  const silence = () => {};
  for (const item of readInetdText(source, readingState(target, silence), large)) {
    if (item.type !== 'Service' && item.type !== 'PlainLine') continue;
    if (!census.isRepeated(item.type === 'PlainLine' ? item.name : item.service.name)) continue;
    const { line } = placeOf(item);
    const shared = item.type === 'PlainLine' ? plainEntries.planOf(item) : null;
    if (shared !== null && item.type === 'PlainLine') {
      repeated.add(new RepeatedEntry(shared, item.name, line));
      continue;
    }
    const plans = plansOf(item, target, silence);
    if (isRejection(plans)) continue;
    for (const plan of plans) repeated.add(new RepeatedEntry(plan, plan.name, line));
  }
  const { path: file } = source;
  settleRepeatedNames(repeated.all, census.names, (line) => new PlaceReport(report, { file, line }));
  return repeated;
}

function plansOf(item: InetdServiceItem | PlainLine, target: XinetdTarget, report: Report) {
  const { line, source } = placeOf(item);
  const service = item.type === 'PlainLine' ? serviceOfPlainLine(item) : item.service;
  return planEntries(service, target, new PlaceReport(report, { file: source.path, line }));
}

function placeOf(item: InetdServiceItem | PlainLine): LinePlace {
  return item.type === 'PlainLine' ? item : item.place;
}

function readingState({ dialect, names }: XinetdTarget, report: Report): ReadingState {
  return { dialect, names, report, defaultAddresses: [], hasSaidCrlf: false };
}

/** The lines that an entry comes from, as comments. */
function* annotation(place: LinePlace): Generator<Comment> {
  for (const [at, text] of sourceLines(place).entries()) {
    yield syntheticComment(`# ${place.source.path}:${place.line + at}: ${text}`);
  }
}
