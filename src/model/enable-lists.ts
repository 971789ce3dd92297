import { DaemonCrash } from './crash.ts';
import { type Draft, idOf } from './draft.ts';

export interface Selection {
  readonly kept: readonly Draft[];
  /** Entries whose disabled mark is set, in order. */
  readonly marked: readonly Draft[];
  /** Entries that the `disabled` list takes out. */
  readonly listed: readonly Draft[];
}

/**
 * Applies the `enabled` and `disabled` lists of `defaults` (reference 5.4): comparing ids without case, `enabled` sets
 * or clears the mark of every entry, `disabled` takes out what is left.
 *
 * `revives`: the mark is the one that attribute errors set too, so being listed forgives them.
 */
export function selectEnabled(drafts: readonly Draft[], defaults: Draft, revives: boolean): Selection {
  const enabled = idSet(defaults.values.enabled);
  const disabled = idSet(defaults.values.disabled);
  const kept: Draft[] = [];
  const marked: Draft[] = [];
  const listed: Draft[] = [];
  for (const draft of drafts) {
    if (draft.lacksId && (enabled?.size || disabled?.size)) throw new DaemonCrash();
    const id = idOf(draft).toLowerCase();
    if (enabled !== null) {
      const isEnabled = enabled.has(id);
      if (!isEnabled) draft.isSwitchedOff = true;
      if (!isEnabled || revives) draft.isDisabled = !isEnabled;
    }
    if (draft.isDisabled) marked.push(draft);
    else if (disabled?.has(id)) listed.push(draft);
    else kept.push(draft);
  }
  for (const draft of listed) draft.isSwitchedOff = true;
  return { kept, marked, listed };
}

function idSet(ids: readonly string[] | null): ReadonlySet<string> | null {
  return ids === null ? null : new Set(ids.map((id) => id.toLowerCase()));
}
