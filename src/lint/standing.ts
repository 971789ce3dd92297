import type { Configuration } from '../model/service.ts';
import type { Fate } from './fate.ts';

/**
 * What a change of another entry can have to do with an entry: one that runs may be in its way, one that waits for what
 * another one holds may get it, and one that is lost by its own lines stays so.
 */
export type Standing = 'runs' | 'waits' | 'lost';

export function standingOf(fate: Fate | undefined, { accepted, diagnostics }: Configuration): Standing {
  // Of entries that the daemon does not come to nobody knows what would become.
  const isEachKnown = accepted || diagnostics.at(-1)?.code === 'no-services';
  if (fate?.kind !== 'dropped' || !isEachKnown) return 'runs';
  if (fate.entry.cause === 'disabled') return 'lost';
  return fate.entry.reasons.some(({ code }) => byOthers.has(code)) ? 'waits' : 'lost';
}

/** Reasons that lie with another entry. */
const byOthers: ReadonlySet<string> = new Set(['duplicate', 'bind-failed', 'no-services']);
