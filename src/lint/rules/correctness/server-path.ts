import type { PathFacts } from '../../../config/host-facts.ts';
import { defineRule, eachService, type Finding } from '../../rule.ts';
import { rangeOf } from '../../service-view.ts';
import { quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/server-path',
    summary: 'A server that is no absolute path, or no program of the machine',
    severity: 'error',
    formats: ['xinetd', 'inetd'],
    scope: 'entry',
    effect: 'drops-service',
    fixable: 'no',
    facts: 'opt-in',
    since: '0.1.0',
    why: 'A relative path may pass the check at start, relative to the folder where the daemon was started, and then fails for every client: `execv failed: No such file`. A folder passes at start too. With facts of the machine: `Server x is not executable` switches the service off.',
    references: [
      'server_parser in parsers.c',
      'https://github.com/markt-de/puppet-galera/pull/3',
      'https://github.com/voidlinux/void-packages/issues/4658',
    ],
    examples: { bad: 'server = rsync', good: 'server = /usr/bin/rsync' },
  },
  check: (context) =>
    eachService(context, (view) => {
      const { server } = view;
      if (server === null) return;
      const at = rangeOf(view, 'server');
      if (view.types.has('INTERNAL') || view.isRedirected) {
        // It is never started, and looked at all the same.
        const fault = pathFault(server, context.analysis.host.path?.(server));
        if (fault?.effect === 'turns-off') context.report({ at, ...fault });
        return;
      }
      if (!server.startsWith('/')) {
        context.report({
          at,
          message: `the server ${quote(server)} is no absolute path, and is not searched for`,
          consequence:
            'the path starts in the folder where the daemon was started, and at / for every server',
        });
      } else if (server.endsWith(',')) {
        context.report({
          at,
          message: `the server ${quote(server)} ends in a comma, which counts as part of its name`,
          severity: 'warning',
          effect: 'turns-off',
          consequence: 'where there is no such program, the daemon switches the service off',
        });
      } else if (server.endsWith('/')) {
        context.report({
          at,
          message: `the server ${quote(server)} is a folder`,
          consequence: 'the daemon takes it at start, and fails for every client',
        });
      } else {
        const fault = pathFault(server, context.analysis.host.path?.(server));
        if (fault !== undefined) context.report({ at, ...fault });
      }
    }),
});

/** What the machine says of the program. */
function pathFault(server: string, facts: PathFacts | undefined): Omit<Finding, 'at'> | undefined {
  const refused = { effect: 'turns-off' } as const;
  switch (facts?.kind) {
    case 'missing':
      return { message: `there is no ${quote(server)} on the machine`, ...refused };
    case 'broken-link':
      return { message: `${quote(server)} is a link to nothing on the machine`, ...refused };
    case 'directory':
      return {
        message: `${quote(server)} is a folder on the machine`,
        consequence: 'the daemon takes it at start, and fails for every client',
      };
    case 'file':
      if (((facts.mode ?? 0o111) & 0o111) === 0)
        return { message: `${quote(server)} is not executable`, ...refused };
      return facts.isText === true && facts.hasInterpreterLine === false
        ? {
            message: `${quote(server)} is a script without '#!' in its first line`,
            consequence: 'the daemon takes it at start, and fails for every client',
          }
        : undefined;
    default:
      return undefined;
  }
}
