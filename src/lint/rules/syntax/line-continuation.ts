import type { Attribute, Unknown, Word } from '../../../ast/nodes.ts';
import type { SourceText } from '../../../text/source-text.ts';
import { meantValues } from '../../line.ts';
import { defineRule, type Finding } from '../../rule.ts';

/** Dialects of inetd.conf that do continue a line behind a backslash. */
const continuingDialects: ReadonlySet<string | null> = new Set(['busybox', 'hpux']);

export const rule = defineRule({
  meta: {
    name: 'syntax/line-continuation',
    summary: 'A line that ends in a backslash',
    severity: 'error',
    formats: ['xinetd', 'inetd'],
    scope: 'line',
    effect: 'drops-service',
    fixable: 'unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'There is no continuation: the backslash becomes a value, and the next line is `Bad operator`, which drops the service. In inetd.conf it depends on the dialect: HP-UX and busybox continue the line, the others take the backslash for an argument.',
    references: [
      'next_line in parsesup.c',
      'http://38.142.81.21:8001/manual/hp/hp-ux-manpages/inetd1m-2010-09/page-3.html',
    ],
    examples: { bad: 'server_args = -a \\\n  -b', good: 'server_args = -a -b' },
    explains: ['syntax/wrong-value-count', 'correctness/*'],
  },
  check: ({ source, target, report }) => ({
    Attribute: (attribute, entry) => {
      if (entry.syntax === 'block') reportBackslash(lastOf(attribute), source, report);
    },
    Unknown: (line, entry) => {
      if (entry !== null) reportBackslash(lastOf(line), source, report);
    },
    Problem: (problem) => {
      if (problem.code !== 'backslash-continuation' || continuingDialects.has(target.inetdDialect)) return;
      report({
        at: problem,
        message: 'only HP-UX and busybox continue a line behind a backslash; write the entry on one line',
        effect: 'misreads',
        consequence: 'the backslash is an argument for other daemons, and the next line an entry of its own',
      });
    },
  }),
});

function lastOf(node: Attribute | Unknown): Word | undefined {
  return node.type === 'Attribute' ? meantValues(node).at(-1) : node.words.at(-1);
}

function reportBackslash(
  last: Word | undefined,
  source: SourceText,
  report: (finding: Finding) => void,
): void {
  if (last === undefined || !last.text.endsWith('\\')) return;
  const join = /^\\[ \t]*\r?\n[ \t]*(?=[^ \t\n}])/.exec(
    source.text.slice(last.end - 1, last.end + 4096),
  )?.[0];
  const at = { start: last.end - 1, end: last.end };
  report({
    at,
    message: "a line cannot be continued: '\\' is a value here; write everything on one line",
    ...(join === undefined
      ? {}
      : {
          fix: {
            description: 'Join the lines',
            edits: [{ start: at.start, end: at.start + join.length, text: last.text === '\\' ? '' : ' ' }],
          },
        }),
  });
}
