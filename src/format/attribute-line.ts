import type { AssignmentOperator } from '../ast/nodes.ts';

/** Column of the operator, counted from the tab: the layout that itox has printed ever since. */
const nameWidth = 15;

const signs: Readonly<Record<AssignmentOperator, string>> = { set: '=', add: '+=', remove: '-=' };

/** A line of an entry without its line end: tab, padded name, operator, values with one blank between them. */
export function attributeLine(name: string, operator: AssignmentOperator, values: readonly string[]): string {
  return [`\t${name.padEnd(nameWidth)}`, signs[operator], ...values].join(' ');
}
