import { lowerAscii } from '../text/lower-ascii.ts';
import { DaemonCrash } from './crash.ts';
import { type Draft, idOf } from './draft.ts';
import type { SwitchedOff } from './service.ts';

/** Entries that go on, and those that a list takes out. */
export interface Selection {
  readonly kept: readonly Draft[];
  readonly removed: readonly Draft[];
}

/**
 * Applies the `enabled` list of `defaults` (reference 5.4): comparing ids without case, it sets or clears the mark of
 * every entry. Entries with the mark are removed, whatever set it.
 *
 * `revives`: the mark is the one that attribute errors set too, so being listed forgives them.
 */
export function applyEnabled(drafts: readonly Draft[], defaults: Draft, revives: boolean): Selection {
  const ids = idSet(defaults.values.enabled);
  if (ids !== null) {
    for (const draft of drafts) {
      const isEnabled = isListed(draft, ids);
      if (!isEnabled) draft.switchedOff ??= byList("not in 'enabled'", 'enabled', draft, defaults);
      if (!isEnabled || revives) draft.isDisabled = !isEnabled;
    }
  }
  return split(drafts, (draft) => draft.isDisabled);
}

/** Applies the `disabled` list, which takes out what the other one has left. */
export function applyDisabled(drafts: readonly Draft[], defaults: Draft): Selection {
  const ids = idSet(defaults.values.disabled);
  if (ids === null) return { kept: drafts, removed: [] };
  const selection = split(drafts, (draft) => isListed(draft, ids));
  for (const draft of selection.removed) {
    draft.switchedOff ??= byList("in 'disabled'", 'disabled', draft, defaults);
  }
  return selection;
}

function byList(by: string, list: string, draft: Draft, { origins }: Draft): SwitchedOff {
  const line = origins.get(list)?.findLast(({ location }) => location !== null);
  return { by, location: line?.location ?? draft.location };
}

function isListed(draft: Draft, ids: ReadonlySet<string>): boolean {
  if (draft.lacksId && ids.size > 0) throw new DaemonCrash(draft.location);
  return ids.has(lowerAscii(idOf(draft)));
}

function split(drafts: readonly Draft[], isRemoved: (draft: Draft) => boolean): Selection {
  const kept: Draft[] = [];
  const removed: Draft[] = [];
  for (const draft of drafts) (isRemoved(draft) ? removed : kept).push(draft);
  return { kept, removed };
}

function idSet(ids: readonly string[] | null): ReadonlySet<string> | null {
  return ids === null ? null : new Set(ids.map((id) => lowerAscii(id)));
}
