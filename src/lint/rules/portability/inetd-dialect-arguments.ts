import type { DialectChoice } from '../../../catalog/inetd-dialects.ts';
import { rulesOf } from '../../../grammar/inetd/dialects.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { dialectOfTarget } from '../../target.ts';

/** What the grammar says about arguments. */
const argumentAdvice: ReadonlySet<string> = new Set([
  'too-many-args',
  'quote-mid-word',
  'hash-in-word',
  'long-line',
]);

export const rule = defineRule({
  meta: {
    name: 'portability/inetd-dialect-arguments',
    summary: 'Arguments of inetd.conf that daemons cut, drop or split differently',
    severity: 'warning',
    formats: ['inetd'],
    scope: 'line',
    effect: 'misreads',
    fixable: 'no',
    facts: 'target',
    since: '0.1.0',
    why: 'openbsd-inetd passes 19 arguments behind argv[0] and drops the rest without a word, inetutils passes all. inetutils takes quotes away and keeps `q u` as one argument, openbsd-inetd passes the quote marks. A wrapper script says the same everywhere.',
    references: ['inetd(8) of the systems'],
    examples: {
      format: 'inetd',
      bad: 'rsync stream tcp nowait.40 nobody /bin/rsync rsync "a b"',
      good: 'rsync stream tcp nowait.40 nobody /usr/libexec/run-rsync run-rsync',
    },
  },
  check: ({ source, target, report }) => ({
    Problem: (problem) => {
      if (argumentAdvice.has(problem.code)) {
        report({
          at: problem,
          message: problem.message,
          consequence: 'it depends on the daemon what the server gets',
        });
      }
    },
    Attribute: (attribute, entry) => {
      if (attribute.key !== 'argv' || entry.syntax !== 'line') return;
      const quoted = attribute.values.find((value) => /["']/.test(source.slice(value)));
      const misread = quoted === undefined ? undefined : quotesIn(dialectOfTarget(target));
      if (quoted !== undefined && misread !== undefined) report({ at: quoted, ...misread });
      const escaped = attribute.values.find((value) => source.slice(value).includes('\\'));
      if (escaped !== undefined) {
        report({
          at: escaped,
          message: 'a backslash protects nothing in inetd.conf; start a wrapper script instead',
          consequence: 'the server gets the backslash, and words end at blanks all the same',
        });
      }
    },
  }),
});

/** What becomes of quotes; undefined where the one daemon that is meant reads them. */
function quotesIn(dialect: DialectChoice): Pick<Finding, 'message' | 'consequence'> | undefined {
  if (dialect === 'auto') {
    return {
      message:
        'quotes hold words together for FreeBSD, NetBSD and inetutils only; start a wrapper script instead',
      consequence: 'other daemons pass the quote marks on, and split at the blanks',
    };
  }
  if (rulesOf(dialect).quoting !== 'literal') return undefined;
  return {
    message: `${dialect} knows no quotes; start a wrapper script instead`,
    consequence: 'the daemon passes the quote marks on, and splits at the blanks',
  };
}
