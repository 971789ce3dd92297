import type { BlockEntry, Unknown } from '../../../ast/nodes.ts';
import { findAttribute } from '../../../catalog/catalogue.ts';
import { isContinued } from '../../continuation.ts';
import { defineRule } from '../../rule.ts';
import { quote } from '../../wording.ts';
import { conflictMark } from './conflict-marks.ts';
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
      if (entry === null || !lacksOperator(line, entry) || isContinued(source, line)) return;
      const [first, ...rest] = line.words;
      if (first === undefined) return;
      const conflict = conflictMark(source, line.start);
      if (conflict === null) return;
      if (conflict !== undefined) {
        report({ at: line, ...conflict });
        return;
      }
      const name = first.text;
      const [before, behind] = neighbours(line, entry);
      // Torn in two by the line end, it is one fault, at the name.
      if (before !== undefined && isTorn(before, line)) return;
      const torn = behind !== undefined && isTorn(line, behind) ? behind : undefined;
      const values = torn === undefined ? rest : torn.words.slice(1);
      report({
        at: line,
        message: whatIsWrong(
          name,
          torn?.words[0]?.text ?? '=',
          values.map((word) => word.text),
        ),
        ...(torn === undefined
          ? {}
          : { related: [{ source, range: torn, message: 'the operator is here' }] }),
      });
    },
  }),
});

/** Lines with a brace or a wrong operator behind a name are the matter of other rules, like a section in an open entry. */
function lacksOperator(line: Unknown, entry: BlockEntry): boolean {
  const [first, second] = line.words;
  if (first === undefined || first.text.startsWith('\0') || isBraceWord(first.text)) return false;
  if (isSectionKeyword(first.text)) return entry.close !== null;
  return second === undefined || isOperatorLike(first.text) || !isOperatorLike(second.text);
}

function whatIsWrong(name: string, operator: string, values: readonly string[]): string {
  if (isOperatorLike(name)) return `${quote(name)} has no attribute name in front of it`;
  if (isSectionKeyword(name)) return `${quote([name, ...values].join(' '))} begins no section inside another`;
  return `${quote(name)} is not followed by '=', '+=' or '-='${suggestion(name, operator, values)}`;
}

function suggestion(name: string, operator: string, values: readonly string[]): string {
  const known = findAttribute(name);
  if (known === undefined) return '';
  const line = [known.name, operator, ...(values.length === 0 ? ['...'] : values)].join(' ');
  return `; did you mean '${line}'?`;
}

/** The lines of the entry around one, where they could not be read either. */
function neighbours(
  line: Unknown,
  { body }: BlockEntry,
): readonly [Unknown | undefined, Unknown | undefined] {
  const at = body.indexOf(line);
  const [before, behind] = [body[at - 1], body[at + 1]];
  return [before?.type === 'Unknown' ? before : undefined, behind?.type === 'Unknown' ? behind : undefined];
}

/** A name alone, and on the next line the operator with the values. */
function isTorn(line: Unknown, next: Unknown): boolean {
  const [name, ...others] = line.words;
  const isName = name !== undefined && others.length === 0 && findAttribute(name.text) !== undefined;
  return isName && isOperator(next.words[0]?.text ?? '');
}

function isOperator(text: string): boolean {
  return /^[+-]?=$/.test(text);
}
