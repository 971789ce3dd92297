import type { Draft } from './draft.ts';

/**
 * A list of a draft to be changed in place, a copy when another draft holds it too: an entry may have a line for each of a
 * hundred thousand addresses, and a copy for each line would cost their square.
 */
export function ownList<Item>(draft: Draft, list: readonly Item[]): Item[] {
  if (draft.ownLists?.has(list)) return list as Item[];
  const copy = [...list];
  draft.ownLists ??= new Set();
  draft.ownLists.add(copy);
  return copy;
}

/** From now on another draft holds the list as well. */
export function shareList(holder: Draft, list: readonly unknown[]): void {
  holder.ownLists?.delete(list);
}
