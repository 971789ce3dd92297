import type { Entry } from '../ast/nodes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Harm } from './harm.ts';
import { locate } from './locate.ts';
import type { SourceTree } from './source-tree.ts';

/** What some findings' fixes do together. */
export type Attempt = (batch: readonly Diagnostic[]) => Harm;

/**
 * Those of some fixes that do no harm together: fixes that are safe one by one may open something when both are made, as an
 * entry with two faults starts when both are repaired. Each attempt reads everything, so there must be few: the services
 * that come to harm tell whose fixes to try apart.
 */
export function harmlessFixes(
  wanted: readonly Diagnostic[],
  tree: SourceTree,
  attempt: Attempt,
): readonly Diagnostic[] {
  const entries = entriesOf(wanted, tree);
  let kept: readonly Diagnostic[] = [];
  const keep = (some: readonly Diagnostic[]): void => {
    if (some.length === 0) return;
    // In their order, in which the first of two that overlap is made.
    const tried = new Set([...kept, ...some]);
    const batch = wanted.filter((each) => tried.has(each));
    const harm = attempt(batch);
    if (harm === null) kept = batch;
    else if (some.length > 1) divide(some, entries, harm).forEach(keep);
  };
  keep(wanted);
  return kept;
}

/** Fixes to try apart from each other, those first that have nothing to do with the harm. */
function divide(
  some: readonly Diagnostic[],
  entries: ReadonlyMap<Diagnostic, Entry>,
  harm: ReadonlySet<string>,
): readonly (readonly Diagnostic[])[] {
  const innocent: Diagnostic[] = [];
  const byEntry = new Map<Entry, Diagnostic[]>();
  for (const each of some) {
    const entry = entries.get(each);
    if (entry === undefined || !harm.has(entry.name?.text ?? '')) innocent.push(each);
    else byEntry.set(entry, [...(byEntry.get(entry) ?? []), each]);
  }
  const suspects = [...byEntry.values()];
  if (suspects.length === 0) return [some.slice(0, some.length >> 1), some.slice(some.length >> 1)];
  const most = suspects.reduce((longest, { length }) => Math.max(longest, length), 0);
  // The only fix of an entry that comes to harm is to blame where there are no others.
  if (most === 1) return innocent.length === 0 ? [] : [innocent, suspects.flat()];
  const layers = Array.from({ length: most }, (_, at) => suspects.flatMap((fixes) => fixes[at] ?? []));
  return [innocent, ...layers];
}

function entriesOf(fixes: readonly Diagnostic[], tree: SourceTree): ReadonlyMap<Diagnostic, Entry> {
  const files = new Map(tree.files.map(({ source, file }) => [source, file]));
  const entries = new Map<Diagnostic, Entry>();
  for (const each of fixes) {
    const file = files.get(each.location.source);
    const entry = file === undefined ? undefined : locate(file, each.location.range).entry;
    if (entry !== undefined) entries.set(each, entry);
  }
  return entries;
}
