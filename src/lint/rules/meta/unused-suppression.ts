import type { Word } from '../../../ast/nodes.ts';
import type { TextEdit } from '../../../text/text-edit.ts';
import { removeLines } from '../../line.ts';
import { defineRule } from '../../rule.ts';
import { list, quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'meta/unused-suppression',
    summary: 'A suppression comment that silenced nothing',
    severity: 'warning',
    formats: ['xinetd', 'inetd'],
    scope: 'line',
    effect: 'none',
    fixable: 'safe',
    facts: 'none',
    since: '0.1.0',
    why: 'What was wrong has been repaired, or never was: the comment only waits to hide something else. Rules that were off, or that lacked facts of the machine, are left out.',
    references: [
      'https://docs.astral.sh/ruff/rules/unused-noqa',
      'https://github.com/eslint/eslint/pull/17879',
    ],
    examples: {
      bad: '# xcfg: ignore[security/run-as-root] -- old\nuser = nobody',
      good: '# an old comment\nuser = nobody',
    },
  },
  checkSuppressions: ({ directives, isActive, report }) => {
    for (const { source, directive, used } of directives) {
      const { kind, rules, isTrailing } = directive;
      if (rules === null || kind === null || kind === 'enable' || isTrailing || directive.lines === null)
        continue;
      const judged = rules.filter(({ text }) => isActive(text));
      const unused = judged.filter(({ text }) => !used.has(text));
      const [first] = unused;
      if (first === undefined) continue;
      const isWhole = unused.length === rules.length;
      report({
        source,
        at: isWhole ? directive : first,
        message: isWhole
          ? 'this directive silences nothing'
          : `this directive silences nothing of ${list(unused.map(({ text }) => quote(text)))}`,
        fix: isWhole
          ? { description: 'Remove the directive', edits: [removeLines(source, directive)] }
          : { description: 'Leave it out', edits: withoutWords(rules, unused) },
      });
    }
  },
});

/** Takes words out of a list, of which at least one stays, each with the comma that goes with it. */
function withoutWords(words: readonly Word[], unwanted: readonly Word[]): TextEdit[] {
  const firstKept = words.findIndex((word) => !unwanted.includes(word));
  return unwanted.map((word) => {
    const index = words.indexOf(word);
    const range =
      index < firstKept
        ? { start: word.start, end: words[index + 1]?.start ?? word.end }
        : { start: words[index - 1]?.end ?? word.start, end: word.end };
    return { ...range, text: '' };
  });
}
