import type { Attribute } from '../../../ast/nodes.ts';
import { EntryValues } from '../../../grammar/inetd/entry-values.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { quote } from '../../wording.ts';

/** What the grammar says about wait and user fields that daemons split in different places. */
const fieldAdvice: ReadonlySet<string> = new Set(['dotted-user', 'numeric-user']);

export const rule = defineRule({
  meta: {
    name: 'portability/inetd-dialect-fields',
    summary: 'A wait or user field of inetd.conf that daemons read differently',
    severity: 'warning',
    formats: ['inetd'],
    scope: 'line',
    effect: 'misreads',
    fixable: 'safe',
    facts: 'target',
    since: '0.1.0',
    why: 'Limits behind `nowait` are `.N` for the BSDs and inetutils, `/N` for FreeBSD, `:N` for NetBSD: openbsd-inetd and inetutils ignore `nowait:5` without a word. `root:daemon` is an unknown user for xinetd, which splits at the first dot, so that `john.doe` becomes user john and group doe. Hitting the rate stops the service for ten minutes.',
    references: ['inetd(8) of the systems', 'get_next_inet_entry in inet.c'],
    examples: {
      format: 'inetd',
      bad: 'ftp stream tcp nowait:5 ftp /usr/sbin/ftpd ftpd',
      good: 'ftp stream tcp nowait.5 ftp /usr/sbin/ftpd ftpd',
    },
  },
  check: ({ source, target, report }) => ({
    Problem: (problem) => {
      if (!fieldAdvice.has(problem.code)) return;
      report({
        at: problem,
        message: problem.message,
        consequence: 'it depends on the daemon as whom the server runs',
      });
    },
    Entry: (entry) => {
      if (entry.syntax !== 'line' || entry.disabled !== null || target.inetdDialect !== null) return;
      const values = new EntryValues(entry);
      for (const finding of suffixes(entry.attributes, source.text)) report(finding);
      const loginClass = values.word('login_class');
      if (loginClass !== undefined) {
        report({
          at: loginClass,
          message: `the login class ${quote(loginClass.text)} is known to FreeBSD only`,
          consequence: 'other daemons look for a user of that whole name',
        });
      }
    },
  }),
});

/** The sign in front of a limit says whose form it is. */
function* suffixes(attributes: readonly Attribute[], text: string): Generator<Finding> {
  for (const { key, values } of attributes) {
    const [value] = values;
    if (value === undefined || !/^max_(?:per_minute|child)$/.test(key)) continue;
    const sign = text[value.start - 1];
    if (sign === ':') {
      yield {
        at: value,
        message: "a limit behind ':' is known to NetBSD only; the others have '.'",
        consequence: 'other daemons forget the limit without a word',
        fix: {
          description: "Write '.'",
          edits: [{ start: value.start - 1, end: value.start, text: '.' }],
          isNarrowing: true,
        },
      };
    } else if (sign === '/') {
      yield {
        at: value,
        message: "a limit behind '/' is known to FreeBSD only; the others have '.', and count by the minute",
        consequence: 'other daemons forget the limit without a word',
      };
    }
  }
}
