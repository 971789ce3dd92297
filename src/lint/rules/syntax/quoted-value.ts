import type { Attribute, Word } from '../../../ast/nodes.ts';
import { meantValues } from '../../line.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'syntax/quoted-value',
    summary: 'Quotes around or inside a value',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'misreads',
    fixable: 'unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'Values are split at blanks alone, and quotes are ordinary characters: `server_args = -c "a b"` runs the program with the three words `-c`, `"a` and `b"`, and `env = A="x y"` switches the service off. No value can hold a blank; a wrapper script can.',
    references: ['parse_line in parsesup.c', 'https://github.com/quiniouben/vban/issues/24'],
    examples: {
      bad: 'server_args = -c "cd /srv && ./run"',
      good: 'server = /usr/local/libexec/run-wrapper',
    },
    explains: ['syntax/shell-syntax', 'syntax/wrong-value-count'],
    explainsAtWord: ['correctness/*'],
  },
  check: ({ report }) => ({
    Attribute: (attribute, entry) => {
      if (entry.syntax !== 'block') return;
      const finding = quotesOf(attribute);
      if (finding !== undefined) report(finding);
    },
  }),
});

function quotesOf(attribute: Attribute): Finding | undefined {
  const values = meantValues(attribute);
  const index = values.findIndex((value) => hasQuote(value.text));
  const first = values[index];
  if (first === undefined) return undefined;
  const single = /^(["'])([^"']+)\1$/.exec(first.text)?.[2];
  if (single !== undefined) {
    return {
      at: first,
      message: `the quotes of ${quote(first.text)} are part of the value; write it without them`,
      fix: {
        description: 'Remove the quotes',
        edits: [{ start: first.start, end: first.end, text: single }],
      },
    };
  }
  const last = closingWord(values, index) ?? first;
  return {
    at: { start: first.start, end: last.end },
    message:
      last === first
        ? `the quotes of ${quote(first.text)} are part of the value`
        : 'quotes do not hold words together here; a value cannot hold a blank: start a wrapper script instead',
  };
}

/** A quote at either end, or one inside that nothing closes. */
function hasQuote(text: string): boolean {
  if (/^["']|["']$/.test(text)) return true;
  return ['"', "'"].some((mark) => text.split(mark).length % 2 === 0);
}

function closingWord(values: readonly Word[], from: number): Word | undefined {
  const mark = /["']/.exec(values[from]?.text ?? '')?.[0] ?? '"';
  if ((values[from]?.text.split(mark).length ?? 0) % 2 === 1) return undefined;
  return values.slice(from + 1).find((value) => value.text.includes(mark));
}
