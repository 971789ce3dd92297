import type { Host } from '../../host.ts';
import { defineRule, eachRunning } from '../../rule.ts';
import { rangeOf } from '../../service-view.ts';
import { type StartedProgram, startedProgram } from '../../started-program.ts';
import { quote } from '../../wording.ts';

/** Programs that have to start as root, because they change to the account of the client or need a low port. */
const needsRoot: readonly string[] = [
  'in.tftpd',
  'tftpd',
  'atftpd',
  'sshd',
  'in.ftpd',
  'ftpd',
  'vsftpd',
  'proftpd',
  'pure-ftpd',
  'wu.ftpd',
  'in.telnetd',
  'telnetd',
  'in.rshd',
  'in.rlogind',
  'in.rexecd',
  'rshd',
  'rlogind',
  'rexecd',
  'login',
  'rsync',
  'imapd',
  'ipop3d',
  'popper',
  'qpopper',
  'smbd',
  'nmbd',
  'cvs',
  'stunnel',
  'tcpd',
  'chroot',
];

export const rule = defineRule({
  meta: {
    name: 'security/run-as-root',
    summary: 'A program that runs as root and does not look as if it had to',
    severity: 'warning',
    formats: ['xinetd', 'inetd'],
    scope: 'entry',
    effect: 'none',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: '`user = root` is copied from entry to entry, and health checks were "fixed" by switching them to root. Built-in services and redirects are left out: they drop nothing anyway.',
    references: ['https://github.com/olafz/percona-clustercheck/issues/7'],
    examples: {
      bad: 'user = root\nserver = /usr/local/bin/clustercheck',
      good: 'user = clustercheck\nserver = /usr/local/bin/clustercheck',
    },
    options: {
      allowRoot: {
        default: [] as readonly string[],
        summary: 'Base names of further programs that have to start as root',
      },
    },
  },
  check: (context) =>
    eachRunning(context, (view, service) => {
      const program = startedProgram(view);
      if (view.types.has('INTERNAL') || view.isRedirected || program === null) return;
      const isRoot = service?.user?.id === 0 || isRootName(view.user ?? '', context.analysis.host);
      if (!isRoot) {
        if (service?.group?.id === 0 || view.group === 'root') {
          context.report({
            at: rangeOf(view, 'group'),
            message: `${quote(program.name)} runs with the group of root`,
            severity: 'info',
          });
        }
        return;
      }
      if (context.options.allowRoot.includes(program.name)) return;
      if (needsRoot.includes(program.name)) {
        if (lacksAccount(program)) {
          context.report({
            at: rangeOf(view, 'user'),
            message: `${quote(program.name)} starts as root; name the account that it is to serve as with '-u'`,
            severity: 'info',
          });
        }
        return;
      }
      context.report({
        at: rangeOf(view, 'user'),
        message: `${quote(program.name)} runs as root; give it an account of its own`,
      });
    }),
});

/** Where the accounts of the machine are known, others may be root's too. */
function isRootName(user: string, { tables }: Host): boolean {
  return user === 'root' || /^0+$/.test(user) || tables.user(user)?.uid === 0;
}

/** Servers of tftp drop root for the account behind `-u`; which one without it depends on the server. */
function lacksAccount({ name, args }: StartedProgram): boolean {
  return /^(?:in\.)?tftpd$/.test(name) && !args.some((word) => /^-[a-tv-zA-Z]*u|^--user(?:=|$)/.test(word));
}
