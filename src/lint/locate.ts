import type { Attribute, Entry, File } from '../ast/nodes.ts';
import type { Range } from '../text/range.ts';

/** The entry that a range lies in, and the attribute whose line it is on or in. */
export interface Surroundings {
  readonly entry: Entry | undefined;
  readonly attribute: Attribute | undefined;
}

export function locate(file: File, at: Range): Surroundings {
  const entry = file.children.find(
    (node): node is Entry => node.type === 'Entry' && node.start <= at.start && at.start <= node.end,
  );
  const attribute = entry?.attributes.find((each) => each.start <= at.start && at.start <= each.end);
  return { entry, attribute };
}
