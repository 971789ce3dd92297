import { type Draft, idOf } from '../draft.ts';
import type { Origin } from '../service.ts';

/**
 * Gives entries of inetd.conf ids of their own: the service name where that is enough, else with protocol, address and
 * a number behind it, as far as needed.
 */
export function giveIds(drafts: readonly Draft[]): void {
  for (const draft of drafts) draft.values.id ??= draft.name;
  distinguish(drafts, ({ values }) => `${values.protocol?.name ?? ''}${values.v6only ? '6' : ''}`);
  distinguish(drafts, ({ values }) => values.bind?.text ?? '');
  const seen = new Map<string, number>();
  for (const draft of drafts) {
    const id = idOf(draft);
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    if (count > 1) draft.values.id = `${id}-${count}`;
    if (draft.values.id !== draft.name) draft.origins.set('id', madeUp);
  }
}

const madeUp: readonly Origin[] = [
  { from: 'derived', location: null, note: 'tells entries of one name apart' },
];

/** Appends a part to the ids that several entries have. */
function distinguish(drafts: readonly Draft[], part: (draft: Draft) => string): void {
  const counts = new Map<string, number>();
  for (const draft of drafts) counts.set(idOf(draft), (counts.get(idOf(draft)) ?? 0) + 1);
  for (const draft of drafts) {
    const text = part(draft);
    if ((counts.get(idOf(draft)) ?? 0) > 1 && text !== '') draft.values.id = `${idOf(draft)}-${text}`;
  }
}
