import type { Problem } from '../../../ast/nodes.ts';
import { closestWord } from '../../../text/closest-word.ts';
import type { SourceText } from '../../../text/source-text.ts';
import { defineRule } from '../../rule.ts';
import { didYouMean, quote } from '../../wording.ts';
import { compatLoss } from './inetd-compat-loss.ts';

/** Words of the fields that people mistype; the others are numbers or names. */
const knownWords: Readonly<Record<string, readonly string[]>> = {
  'bad-socket-type': ['stream', 'dgram', 'raw', 'rdm', 'seqpacket'],
  'bad-wait': ['wait', 'nowait'],
  'unknown-protocol': ['tcp', 'tcp4', 'tcp6', 'udp', 'udp4', 'udp6', 'unix'],
};

function meantWord({ code, ...range }: Problem, source: SourceText): string | undefined {
  return closestWord(source.slice(range), knownWords[code] ?? []);
}

/** Faults of the grammar that are no other rule's matter: a field that no dialect, or not the chosen one, can read. */
const badFields: ReadonlySet<string> = new Set([
  'bad-socket-type',
  'bad-accept-max',
  'bad-accept-filter',
  'bad-ip-version',
  'bad-sockbuf',
  'bad-rpc-version',
  'bad-socket-owner',
  'bad-wait',
  'bad-rate',
  'bad-max-child',
  'bad-port',
  'empty-service',
  'empty-user',
  'empty-bind',
  'empty-group',
  'missing-user',
  'two-colons',
  'bind-separate-word',
  'tcpmux-protocol',
  'tcpmux-socket-type',
  'tcpmux-wait',
  'tcpmux-no-master',
  'internal-alias',
  'internal-wait',
  'rpc-no-version',
  'unknown-internal',
  'unknown-protocol',
  'unknown-directive',
  'unterminated-quote',
  'ambiguous-indent',
  'leading-blanks',
  'kv-syntax',
  'kv-unterminated',
  'kv-unknown-key',
  'kv-duplicate',
  'kv-bad-value',
  'kv-missing',
  'kv-ambiguous-ip',
  'kv-user-separator',
]);

export const rule = defineRule({
  meta: {
    name: 'syntax/inetd-bad-field',
    summary: 'A field of inetd.conf that the daemon cannot read, or reads as something else',
    severity: 'error',
    formats: ['inetd'],
    scope: 'line',
    effect: 'varies',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: 'openbsd-inetd takes `nowait:5` for plain `nowait` and silently drops the limit; it and NetBSD read every unknown wait word as `nowait`. The reader of xinetd logs `Bad value for wait: nowait.40` and adds the service all the same.',
    references: ['inetd.conf(5)', 'get_next_inet_entry in inet.c'],
    examples: {
      format: 'inetd',
      bad: 'ftp stream tcp no-wait root /usr/sbin/ftpd ftpd',
      good: 'ftp stream tcp nowait.40 root /usr/sbin/ftpd ftpd',
    },
    explains: ['correctness/services-mismatch', 'correctness/socket-protocol-mismatch'],
  },
  check: ({ source, tree, analysis, report }) => ({
    Entry: (entry) => {
      if (source !== tree.inetdConf?.source || entry.problems.some(({ code }) => badFields.has(code))) return;
      const view = analysis.view(entry, source);
      const loss = view === undefined || view.isOff ? undefined : compatLoss(view, analysis);
      if (loss === undefined) return;
      report({
        at: loss.at,
        message: `xinetd, which reads this file as well, does not know ${quote(source.slice(loss.at))}`,
        effect: loss.isKept ? 'misreads' : 'drops-service',
        ...(loss.isKept ? { consequence: "xinetd takes it for 'nowait', without a limit" } : {}),
      });
    },
    Problem: (problem) => {
      if (!badFields.has(problem.code)) return;
      report({
        at: problem,
        message: `${problem.message}${didYouMean(meantWord(problem, source))}`,
        severity: problem.severity,
        effect: problem.severity === 'error' ? 'drops-service' : 'misreads',
        ...(problem.severity === 'error'
          ? {}
          : { consequence: 'daemons read this differently, and some not at all' }),
      });
    },
  }),
});
