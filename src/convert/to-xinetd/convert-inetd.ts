import type { NewEntry, NewNode } from '../../ast/new-entry.ts';
import type { Comment } from '../../ast/nodes.ts';
import { syntheticComment } from '../../ast/synthetic.ts';
import type { SourceText } from '../../text/source-text.ts';
import { PlaceReport, type Report } from '../diagnostic.ts';
import { type LinePlace, lostLine, sourceLines } from '../from-inetd/inetd-item.ts';
import { readInetdText } from '../from-inetd/read-text.ts';
import type { ReadingState } from '../from-inetd/reading-state.ts';
import { isRejection } from '../rejection.ts';
import { attributesOf, type EntryPlan } from './entry-plan.ts';
import { type NameCensus, takeCensus } from './name-census.ts';
import { planEntries, type XinetdTarget } from './plan-entries.ts';
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
  const census = takeCensus(source);
  const settled = settledPlans(source, target, census, report, large);
  const tcpmux = new TcpmuxWatch();
  for (const item of readInetdText(source, readingState(target, report), large)) {
    if (item.type !== 'Service') {
      yield item;
      continue;
    }
    const { service, place } = item;
    const here = new PlaceReport(report, { file: source.path, line: place.line });
    const plans = planEntries(service, target, place.line, here);
    if (isRejection(plans)) {
      yield* lostLine(place, plans, report);
      continue;
    }
    if (target.annotates) yield* annotation(place);
    for (const plan of settled.get(place.line) ?? plans) {
      tcpmux.see(plan);
      yield entryOf(plan);
    }
  }
  const added = tcpmux.missingEntry(target.dialect, source.path, report);
  if (added !== null) yield added;
}

/** The plans that need an id or repeat one another, by their line. Made first, because later lines decide with them. */
function settledPlans(
  source: SourceText,
  target: XinetdTarget,
  { names, repeated }: NameCensus,
  report: Report,
  large: number | undefined,
): ReadonlyMap<number, readonly EntryPlan[]> {
  const settled = new Map<number, readonly EntryPlan[]>();
  if (repeated.size === 0) return settled;
  const silence = () => {};
  for (const item of readInetdText(source, readingState(target, silence), large)) {
    if (item.type !== 'Service') continue;
    if (!repeated.has(item.service.name)) continue;
    const { line } = item.place;
    const plans = planEntries(item.service, target, line, new PlaceReport(silence, { file: '', line }));
    if (!isRejection(plans)) settled.set(line, plans);
  }
  settleRepeatedNames([...settled.values()].flat(), names, source.path, report);
  return settled;
}

function readingState({ dialect, names }: XinetdTarget, report: Report): ReadingState {
  return { dialect, names, report, defaultAddresses: [], hasSaidCrlf: false };
}

function entryOf(plan: EntryPlan): NewEntry {
  return { type: 'NewEntry', name: plan.name, attributes: attributesOf(plan) };
}

/** The lines that an entry comes from, as comments. */
function* annotation(place: LinePlace): Generator<Comment> {
  for (const [at, text] of sourceLines(place).entries()) {
    yield syntheticComment(`# ${place.source.path}:${place.line + at}: ${text}`);
  }
}
