import type { Unknown } from '../../../ast/nodes.ts';
import { findAttribute } from '../../../catalog/catalogue.ts';
import { isContinued } from '../../continuation.ts';
import { defineRule } from '../../rule.ts';
import { quote } from '../../wording.ts';
import { isBraceWord, isOperatorLike, isSectionKeyword } from './line-shape.ts';

export const rule = defineRule({
  meta: {
    name: 'syntax/missing-operator',
    summary: 'A line of an entry without an assignment operator',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'drops-service',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: 'Every line of an entry is `name OP values`. The daemon drops the entry at a line that is not (`Bad operator for attribute`). It also reads on past the end of a bare word: a following line that is not indented is glued to it.',
    references: ['parse_line and get_attr_op in parsesup.c'],
    examples: { bad: 'disable yes', good: 'disable = yes' },
  },
  check: ({ source, report }) => ({
    Unknown: (line, entry) => {
      if (entry === null || !lacksOperator(line) || isContinued(source, line)) return;
      const [first, ...rest] = line.words;
      if (first === undefined) return;
      const name = first.text;
      report({
        at: line,
        message: /^[+-]?=$/.test(name)
          ? `${quote(name)} has no attribute name in front of it`
          : `${quote(name)} is not followed by '=', '+=' or '-='${suggestion(
              name,
              rest.map((word) => word.text),
            )}`,
        ...(entry.kind === 'defaults'
          ? {
              consequence:
                "the daemon stops reading 'defaults' here: what stands before counts, the rest is lost",
            }
          : {}),
      });
    },
  }),
});

/** Lines with a wrong operator, a brace or a section keyword are the matter of other rules. */
function lacksOperator(line: Unknown): boolean {
  const [first, second] = line.words;
  if (first === undefined || first.text.startsWith('\0')) return false;
  if (isBraceWord(first.text) || isSectionKeyword(first.text)) return false;
  return second === undefined || !isOperatorLike(second.text);
}

function suggestion(name: string, values: readonly string[]): string {
  const known = findAttribute(name);
  if (known === undefined) return '';
  return `; did you mean '${[known.name, '=', ...(values.length === 0 ? ['...'] : values)].join(' ')}'?`;
}
