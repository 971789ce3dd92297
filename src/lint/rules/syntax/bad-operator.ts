import type { Attribute, Entry, Unknown } from '../../../ast/nodes.ts';
import type { CatalogueAttribute } from '../../../catalog/attribute.ts';
import { useIn } from '../../../catalog/catalogue.ts';
import { operatorText } from '../../../catalog/sections.ts';
import type { Range } from '../../../text/range.ts';
import { badValueEffect, catalogued } from '../../line.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { list, quote } from '../../wording.ts';
import { isBraceWord, isOperatorLike, isSectionKeyword } from './line-shape.ts';

export const rule = defineRule({
  meta: {
    name: 'syntax/bad-operator',
    summary: 'An operator that does not exist, or that the attribute does not take',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'varies',
    fixable: 'safe',
    facts: 'none',
    since: '0.1.0',
    why: '`==` is read as `=` with a value that begins with `=`, so `disable == yes` is ignored and the service runs. `+=` and `-=` are for lists; elsewhere the line is only warned about and ignored: `port += 9101` loses the port and with it the service. `env -=` switches the service off.',
    references: ['identify_attribute in parse.c', 'env_parser in parsers.c'],
    examples: { bad: 'instances += 5', good: 'instances = 15' },
    explains: ['syntax/wrong-value-count', 'syntax/shell-syntax', 'correctness/fatal-defaults-error'],
    explainsAtWord: ['correctness/*'],
  },
  check: ({ source, report }) => ({
    Attribute: (attribute, entry) => {
      if (entry.syntax !== 'block') return;
      const finding =
        signBehindOperator(attribute, entry, source.text) ??
        operatorNotTaken(attribute, entry) ??
        operatorNotHeeded(attribute, entry);
      if (finding !== undefined) report(finding);
    },
    Unknown: (line, entry) => {
      const finding = entry === null ? undefined : unknownOperator(line);
      if (finding !== undefined) report(finding);
    },
  }),
});

/** `==`, `=>`: the operator with a value that is, or begins with, a sign that touches it. */
function signBehindOperator(attribute: Attribute, entry: Entry, text: string): Finding | undefined {
  const { operator } = attribute;
  const [first] = attribute.values;
  if (operator === null || first === undefined) return undefined;
  const known = catalogued(attribute, entry);
  const isList = known !== undefined && useIn(known, entry.kind)?.repeatable === true;
  const sign = (isList ? /^(?:[=>~]+|[+-])/ : /^(?:[=>~]+|[+-]$)/).exec(first.text)?.[0];
  if (sign === undefined || first.start !== operator.end) return undefined;
  const at = { start: operator.start, end: first.start + sign.length };
  if (sign === '+' || sign === '-') return turnedOperator(at, sign, entry, known);
  // Only `==` has one plausible reading; `=>` may also be a value for a program.
  const isDoubled = sign === '=';
  return {
    at,
    message: `${quote(text.slice(at.start, at.end))} is no operator but '=' and a value that begins with '${sign}'; write '='`,
    effect: known === undefined ? 'ignores-line' : 'misreads',
    ...(isDoubled
      ? {
          fix: {
            description: "Replace '==' by '='",
            edits: [{ start: first.start, end: first.start + 1, text: '' }],
          },
        }
      : {}),
  };
}

/** `=+` and `=-`: a program may well want such a word, and a number a sign; no list has words that begin with one. */
function turnedOperator(
  at: Range,
  sign: '+' | '-',
  entry: Entry,
  known: CatalogueAttribute | undefined,
): Finding | undefined {
  if (known === undefined || known.value.kind === 'arguments') return undefined;
  const operator = `${sign}=`;
  const isTaken =
    useIn(known, entry.kind)?.operators.some((each) => operatorText(each) === operator) ?? false;
  const meant = isTaken ? operator : '=';
  return {
    at,
    message: `'=${sign}' is no operator but '=' and a value that begins with '${sign}'; write '${meant}'`,
    effect: 'misreads',
    fix: { description: `Replace '=${sign}' by '${meant}'`, edits: [{ ...at, text: meant }] },
  };
}

function operatorNotTaken(attribute: Attribute, entry: Entry): Finding | undefined {
  const known = catalogued(attribute, entry);
  const { operator } = attribute;
  if (known === undefined || operator === null) return undefined;
  const taken = useIn(known, entry.kind)?.operators ?? [];
  if (taken.includes(operator.operator)) return undefined;
  const written = operatorText(operator.operator);
  return {
    at: operator,
    message: `'${known.name}' does not take '${written}'; write ${list(
      taken.map((each) => `'${operatorText(each)}'`),
      'or',
    )}`,
    // A list that only lacks this operator fails in its parser; everything else is refused before.
    effect: taken.length > 1 ? badValueEffect(entry) : 'ignores-line',
  };
}

/** `enabled` and `disabled` take every operator and look at none. */
function operatorNotHeeded(attribute: Attribute, entry: Entry): Finding | undefined {
  const known = catalogued(attribute, entry);
  const { operator } = attribute;
  if (known?.value.kind !== 'service-ids' || operator?.operator !== 'remove') return undefined;
  return {
    at: operator,
    message: `'${known.name}' does not heed '-='; take the names out of the list`,
    effect: 'misreads',
    consequence: "the daemon takes '-=' for '+=', and adds what was to be removed",
  };
}

/** `port := 80`, `only_from + = x`. */
function unknownOperator(line: Unknown): Finding | undefined {
  const [first, second] = line.words;
  if (first === undefined || second === undefined) return undefined;
  if (isBraceWord(first.text) || isSectionKeyword(first.text) || isOperatorLike(first.text)) return undefined;
  if (!isOperatorLike(second.text)) return undefined;
  return {
    at: second,
    message: `${quote(second.text)} is no operator; write '=', '+=' or '-=' without a space inside`,
    effect: 'drops-service',
  };
}
