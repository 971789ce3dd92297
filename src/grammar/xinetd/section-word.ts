import type { IToken } from 'chevrotain';
import type { AssignmentOperator, Attribute, Word } from '../../ast/nodes.ts';
import { word } from './build.ts';

const operators: Readonly<Record<string, AssignmentOperator>> = { '=': 'set', '+=': 'add', '-=': 'remove' };

/**
 * `service = x` in an entry where no section can begin: to the daemon the keyword is the name of an attribute like any other.
 * Undefined where no operator follows it.
 */
export function sectionWordAttribute(
  keyword: IToken,
  [first, ...others]: readonly Word[],
): Attribute | undefined {
  const [sign = '', rest = ''] = /^([-+]?=)(.*)$/s.exec(first?.text ?? '')?.slice(1) ?? [];
  const operator = operators[sign];
  if (first === undefined || operator === undefined) return undefined;
  const end = first.start + sign.length;
  const values = rest === '' ? others : [{ ...first, start: end, text: rest }, ...others];
  const name = word(keyword);
  return {
    type: 'Attribute',
    start: name.start,
    end: values.at(-1)?.end ?? end,
    key: name.text.toLowerCase(),
    name,
    operator: { type: 'Operator', start: first.start, end, operator },
    values,
  };
}
