import type { Attribute, Entry, File } from '../ast/nodes.ts';
import type { Range } from '../text/range.ts';

/** The entry that a range lies in, and the attribute whose line it is on or in. */
export interface Surroundings {
  readonly entry: Entry | undefined;
  readonly attribute: Attribute | undefined;
}

/** By halves: a file may hold a hundred thousand lines, and each of them findings. */
export function locate({ children }: File, at: Range): Surroundings {
  let next = 0;
  for (let end = children.length; next < end; ) {
    const middle = (next + end) >> 1;
    if ((children[middle]?.start ?? 0) <= at.start) next = middle + 1;
    else end = middle;
  }
  // Where one ends at which the next begins, it is the first.
  const entry = [children[next - 2], children[next - 1]].find(
    (node): node is Entry => node?.type === 'Entry' && at.start <= node.end,
  );
  const attribute = entry?.attributes.find((each) => each.start <= at.start && at.start <= each.end);
  return { entry, attribute };
}
