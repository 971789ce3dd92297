import { buildService } from './build.ts';
import { checkEntry } from './check/check.ts';
import { PortIndex } from './check/duplicates.ts';
import { type Context, quietly } from './context.ts';
import { DaemonCrash } from './crash.ts';
import { type Draft, idOf } from './draft.ts';
import { fill } from './fill.ts';
import type { DroppedEntry, Service } from './service.ts';

/** Entries that do not run, with their reasons. */
export function droppedEntries(
  lost: readonly Draft[],
  defaults: Draft,
  context: Context,
): readonly DroppedEntry[] {
  return lost.map((draft) => {
    const attributes = new Map(
      draft.faults.flatMap(({ attribute, diagnostic }) =>
        attribute === null ? [] : [[diagnostic, attribute] as const],
      ),
    );
    const reasons = draft.faults.map(({ diagnostic }) => diagnostic);
    const { switchedOff } = draft;
    const service = switchedOff !== null ? whenEnabled(draft, defaults, quietly(context)) : null;
    return {
      id: idOf(draft),
      name: draft.name ?? '',
      location: draft.location,
      cause: switchedOff !== null ? 'disabled' : 'fault',
      switchedOff,
      reasons,
      attributes,
      whenEnabled: service,
      faultsWhenEnabled: switchedOff !== null ? draft.faults.map(({ diagnostic }) => diagnostic) : reasons,
    };
  });
}

/** What an entry would run if nobody had switched it off. */
function whenEnabled(draft: Draft, defaults: Draft, context: Context): Service | null {
  if (draft.faults.length > 0) return null;
  try {
    const isFine =
      fill(draft, defaults, context) && checkEntry(draft, new PortIndex(context.quirks), context);
    return isFine ? buildService(draft, context) : null;
  } catch (error) {
    if (error instanceof DaemonCrash) return null;
    throw error;
  }
}
