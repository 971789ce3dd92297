import type { Location } from '../../diagnostics/diagnostic.ts';
import type { Context } from '../context.ts';
import { type Draft, type DraftValues, nameOf } from '../draft.ts';
import { drop } from '../fill.ts';

/** What `wait` makes impossible. 2.3.15.3 takes both forms and then spins, or never serves anybody. */
export function checkWait(draft: Draft, context: Context): boolean {
  const { socketType, wait, types } = draft.values;
  const isExternal = !types.has('INTERNAL');
  const connects = socketType === null || socketType === 'stream' || socketType === 'seqpacket';
  if (!context.quirks.has('dgram-nowait') && !connects && wait === false && isExternal) {
    const message = `Service ${nameOf(draft)} has socket_type ${socketType}, but does not wait`;
    return drop(draft, context, 'dgram-nowait', message);
  }
  if (context.quirks.has('wait-stream-restrictions') || !connects || wait !== true || !isExternal)
    return true;
  const lost = unkept.filter(({ asksFor }) => asksFor(draft.values));
  for (const { attribute, clients } of lost) {
    const message = `${attribute}: the server of a stream service with wait = yes accepts its clients itself, ${clients}`;
    drop(draft, context, 'wait-stream-restrictions', message, lineOf(attribute, draft));
  }
  return lost.length === 0;
}

/** The last line that says something about the attribute, which may be one of `defaults`. */
function lineOf(attribute: string, { origins }: Draft): Location | undefined {
  return origins.get(attribute)?.findLast(({ location }) => location !== null)?.location ?? undefined;
}

interface Unkept {
  readonly attribute: string;
  readonly asksFor: (values: DraftValues) => boolean;
  readonly clients: string;
}

const unchecked = 'they cannot be checked';
const uncounted = 'they cannot be counted';
const unseen = 'they cannot be turned away while it runs';

/**
 * What nobody can hold a server to that accepts by itself. `cps` and `instances` are not among it: they say how often and how
 * many servers start.
 */
const unkept: readonly Unkept[] = [
  { attribute: 'only_from', asksFor: ({ onlyFrom }) => onlyFrom !== null, clients: unchecked },
  { attribute: 'no_access', asksFor: ({ noAccess }) => noAccess !== null, clients: unchecked },
  { attribute: 'access_times', asksFor: ({ accessTimes }) => accessTimes !== null, clients: unseen },
  { attribute: 'max_load', asksFor: ({ maxLoad }) => maxLoad !== null, clients: unseen },
  { attribute: 'per_source', asksFor: ({ perSource }) => typeof perSource === 'number', clients: uncounted },
  {
    attribute: 'max_per_minute_per_source',
    asksFor: ({ maxPerMinutePerSource }) => maxPerMinutePerSource !== null,
    clients: uncounted,
  },
];
