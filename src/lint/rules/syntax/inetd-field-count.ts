import type { LineEntry, Word } from '../../../ast/nodes.ts';
import { baseName } from '../../../text/base-name.ts';
import { defineRule, type ProposedFix } from '../../rule.ts';
import { conflictMark } from './conflict-marks.ts';

export const rule = defineRule({
  meta: {
    name: 'syntax/inetd-field-count',
    summary: 'An inetd.conf line with fewer fields than an entry has',
    severity: 'error',
    formats: ['inetd'],
    scope: 'line',
    effect: 'drops-service',
    fixable: 'unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'Short lines are dropped without a message by openbsd-inetd and inetutils; FreeBSD ends the daemon at the first one. With xinetd -inetd_compat a line of two fields crashes the daemon, and one without argv[0] starts the program with an empty argument vector.',
    references: ['inetd.conf(5)', 'get_next_inet_entry in inet.c'],
    examples: {
      format: 'inetd',
      bad: 'rsync stream tcp nowait.40 nobody /usr/bin/rsync',
      good: 'rsync stream tcp nowait.40 nobody /usr/bin/rsync rsync --daemon',
    },
    explains: ['syntax/inetd-bad-field', 'correctness/*'],
  },
  check: ({ source, report }) => ({
    Problem: (problem, entry) => {
      const conflict = problem.code === 'too-few-fields' ? conflictMark(source, problem.start) : undefined;
      if (conflict === null) return;
      if (conflict !== undefined) report({ at: problem, ...conflict });
      else if (problem.code === 'too-few-fields') {
        report({
          at: problem,
          message:
            'too few fields: service, socket type, protocol, wait, user, server and its arguments are needed',
        });
      }
      if (problem.code !== 'no-argv0') return;
      const server = entry?.syntax === 'line' ? serverOf(entry) : undefined;
      if (server !== undefined && baseName(server.text) === 'tcpd') {
        report({
          at: problem,
          message:
            "no word follows 'tcpd': it starts the program that the next word names; name the daemon, for instance 'tcpd in.ftpd'",
          effect: 'misreads',
          consequence: 'tcpd is not told which program to start: it starts none, or itself',
        });
        return;
      }
      const fix = server === undefined ? undefined : appendName(server);
      report({
        at: problem,
        message: 'no word follows the server: its arguments begin with its own name',
        effect: 'misreads',
        consequence: 'some daemons start the program without any argument vector, others with its base name',
        ...(fix === undefined ? {} : { fix }),
      });
    },
  }),
});

function serverOf({ attributes }: LineEntry): Word | undefined {
  return attributes.find(({ key }) => key === 'server')?.values[0];
}

function appendName(server: Word): ProposedFix | undefined {
  const name = baseName(server.text);
  if (name === '') return undefined;
  return {
    description: `Append '${name}' as the first argument`,
    edits: [{ start: server.end, end: server.end, text: ` ${name}` }],
  };
}
