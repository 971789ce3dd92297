import type { Attribute } from '../../../ast/nodes.ts';
import { type DialectRules, rulesOf } from '../../../grammar/inetd/dialects.ts';
import { EntryValues } from '../../../grammar/inetd/entry-values.ts';
import { isSystemAccount, isSystemGroup } from '../../../grammar/inetd/system-names.ts';
import { wordAround } from '../../line.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { rangeOf, type ServiceView } from '../../service-view.ts';
import { dialectOfTarget } from '../../target.ts';
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
    explainsAtWord: ['correctness/invalid-account'],
    since: '0.1.0',
    why: 'Limits behind `nowait` are `.N` for the BSDs and inetutils, `/N` for FreeBSD, `:N` for NetBSD: openbsd-inetd and inetutils ignore `nowait:5` without a word. `root:daemon` is an unknown user for xinetd, which splits at the first dot, so that `john.doe` becomes user john and group doe. Hitting the rate stops the service for ten minutes.',
    references: ['inetd(8) of the systems', 'get_next_inet_entry in inet.c'],
    examples: {
      format: 'inetd',
      bad: 'ftp stream tcp nowait:5 ftp /usr/sbin/ftpd ftpd',
      good: 'ftp stream tcp nowait.5 ftp /usr/sbin/ftpd ftpd',
    },
  },
  check: ({ source, analysis, target, report }) => ({
    Problem: (problem) => {
      if (!fieldAdvice.has(problem.code)) return;
      report({
        at: problem,
        message: problem.message,
        consequence: 'it depends on the daemon as whom the server runs',
      });
    },
    Entry: (entry) => {
      const view = analysis.view(entry, source);
      if (view === undefined || view.isOff || entry.syntax !== 'line') return;
      const dialect = dialectOfTarget(target);
      const found =
        dialect === 'auto'
          ? [...suffixes(entry.attributes, source.text), ...ambiguousUser(view, new EntryValues(entry))]
          : unknownForms(view, rulesOf(dialect));
      for (const finding of found) report(finding);
    },
  }),
});

/** What stands behind the user for some daemons, and is a part of the name for others. */
function* ambiguousUser(view: ServiceView, values: EntryValues): Generator<Finding> {
  const loginClass = values.word('login_class');
  if (loginClass !== undefined) {
    yield {
      at: loginClass,
      message: `the login class ${quote(loginClass.text)} is known to FreeBSD only`,
      consequence: 'other daemons look for a user of that whole name',
    };
  }
  const group = values.word('group');
  if (group === undefined || view.source.text[group.start - 1] !== ':') return;
  const at = wordAround(group, view.source);
  yield {
    at,
    message: `the group in ${quote(view.source.slice(at))} is known by its ':' to the BSDs, Debian, inetutils and busybox only`,
    consequence: 'netkit, Solaris and xinetd look for a user of that whole name',
  };
}

/** What the one daemon that is meant takes for something else than it says to others. */
function* unknownForms(view: ServiceView, { dialect, ...rules }: DialectRules): Generator<Finding> {
  const { source, user, group } = view;
  const wait = wordAround(rangeOf(view, 'wait'), source);
  const [rate] = /[.:][0-9]+/.exec(source.slice(wait)) ?? [];
  if (rules.waitByPrefix && rate !== undefined) {
    yield {
      at: wait,
      message: `${dialect} counts the servers at a time, behind '/', and knows no rate of starts; without it ${quote(rate)} says nothing`,
      consequence: `${dialect} forgets the limit without a word`,
    };
  }
  const account = wordAround(rangeOf(view, 'user'), source);
  if (user !== null && /[:./]/.test(user) && !rules.userKeywords && dialect !== 'nonstop') {
    yield {
      at: account,
      message: `${quote(user)} is a user of that whole name for ${dialect}`,
      consequence: `${dialect} does not know the user, unless there is one of that whole name`,
    };
  } else if (user !== null && group !== null && isMaybeOneName(user, group, source.slice(account))) {
    yield {
      at: account,
      message: `${quote(source.slice(account))} may be one name, but ${dialect} cuts it at the dot`,
      consequence: `it is user ${quote(user)} with group ${quote(group)} for ${dialect}`,
    };
  }
}

function isMaybeOneName(user: string, group: string, word: string): boolean {
  return word === `${user}.${group}` && !isSystemAccount(user) && !isSystemGroup(group);
}

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
