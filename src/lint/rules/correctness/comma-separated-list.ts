import type { Attribute, Entry, Word } from '../../../ast/nodes.ts';
import type { TextEdit } from '../../../text/text-edit.ts';
import type { Effect } from '../../effect.ts';
import { badValueEffect, catalogued, meantValues } from '../../line.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { quote } from '../../wording.ts';

const lists: ReadonlySet<string> = new Set([
  'only_from',
  'no_access',
  'flags',
  'type',
  'log_on_success',
  'log_on_failure',
  'enabled',
  'disabled',
  'passenv',
  'access_times',
]);

export const rule = defineRule({
  meta: {
    name: 'correctness/comma-separated-list',
    summary: 'A comma between the items of a list',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'drops-service',
    fixable: 'safe or unsafe',
    facts: 'none',
    explains: ['correctness/invalid-keyword', 'correctness/invalid-access-times'],
    since: '0.1.0',
    why: 'Items are separated by blanks. `only_from = a,b` switches the service off, and off is not final (see correctness/error-then-enabled); in `defaults` a comma makes the daemon exit. `disabled = a,b` names one service called `a,b`, so both stay on. The habit comes from programs such as NRPE, whose allowed_hosts takes commas.',
    references: ['parse_inet_addresses in addr.c', 'https://github.com/NagiosEnterprises/nrpe/issues/31'],
    examples: {
      bad: 'only_from = 10.0.0.1, 10.0.0.2',
      good: 'only_from = 10.0.0.1 10.0.0.2',
    },
  },
  check: ({ report }) => ({
    Attribute: (attribute, entry) => {
      const known = catalogued(attribute, entry);
      if (known === undefined || !lists.has(known.name)) return;
      const commas = meantValues(attribute).flatMap((value) => commasOf(value));
      const [first] = commas;
      if (first === undefined) return;
      report({
        at: first.word,
        message: `items of '${known.name}' are separated by blanks, not by commas: ${quote(first.word.text)}`,
        ...consequence(known.name, entry),
        fix: { description: 'Replace the commas by blanks', edits: edits(attribute, commas) },
      });
    },
  }),
});

interface Comma {
  readonly word: Word;
  readonly offset: number;
}

/** Commas of a word, those in the braces of a factorized address left out. */
function commasOf(word: Word): Comma[] {
  const visible = word.text.replace(/\{[^{}]*\}?/g, (braces) => ' '.repeat(braces.length));
  return [...visible.matchAll(/,/g)].map((match) => ({ word, offset: word.start + match.index }));
}

function consequence(name: string, entry: Entry): Partial<Finding> & { readonly effect: Effect } {
  if (name === 'enabled' || name === 'disabled') {
    return {
      effect: 'misreads',
      consequence: 'the daemon takes the word with its comma for one id, which no service has',
    };
  }
  if (name === 'passenv') {
    return {
      effect: 'drops-value',
      consequence: 'the daemon takes the word with its comma for the name of a variable',
    };
  }
  return { effect: badValueEffect(entry) };
}

/** At the end of a word the blank is there already. */
function edits(attribute: Attribute, commas: readonly Comma[]): TextEdit[] {
  const ends = new Set(attribute.values.map((value) => value.end));
  return commas.map(({ offset }) => ({
    start: offset,
    end: offset + 1,
    text: ends.has(offset + 1) ? '' : ' ',
  }));
}
