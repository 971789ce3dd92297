import type { Attribute } from '../ast/nodes.ts';
import { findAttribute } from '../catalog/catalogue.ts';
import type { Judgement } from './judgement.ts';

/** A line that the daemon passes over because another line before it counts. */
export interface Repetition {
  readonly attribute: Attribute;
  readonly counting: Attribute;
}

/** The first line of an attribute counts only if the daemon took it: one that it ignored leaves the place to the next. */
export function repetitions({ lines }: Judgement): readonly Repetition[] {
  const counting = new Map<string, Attribute>();
  return lines.flatMap(({ attribute, outcome, messages }): Repetition[] => {
    const name = findAttribute(attribute.key)?.name ?? attribute.key;
    const first = counting.get(name);
    if (messages.some(({ code }) => code === 'repeated-attribute') && first !== undefined) {
      return [{ attribute, counting: first }];
    }
    if (outcome !== 'ignored') counting.set(name, attribute);
    return [];
  });
}
