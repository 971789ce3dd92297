import type { LineEntry, PairsEntry, Problem } from '../../../ast/nodes.ts';
import { type DialectRules, rulesOf } from '../../../grammar/inetd/dialects.ts';
import { EntryValues } from '../../../grammar/inetd/entry-values.ts';
import { closestWord } from '../../../text/closest-word.ts';
import type { SourceText } from '../../../text/source-text.ts';
import { wordAround } from '../../line.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { rangeOf, type ServiceView } from '../../service-view.ts';
import { dialectOfTarget } from '../../target.ts';
import { didYouMean, quote } from '../../wording.ts';
import { compatLoss } from './inetd-compat-loss.ts';
import { foreignBuiltin, impossibleWord, optionAsName } from './inetd-impossible-words.ts';

/** Words of the fields that people mistype; the others are numbers or names. */
const knownWords: Readonly<Record<string, readonly string[]>> = {
  'bad-socket-type': ['stream', 'dgram', 'raw', 'rdm', 'seqpacket'],
  'bad-wait': ['wait', 'nowait'],
  'unknown-protocol': ['tcp', 'tcp4', 'tcp6', 'udp', 'udp4', 'udp6', 'unix'],
};

function meantWord({ code, ...range }: Problem, source: SourceText, rules: DialectRules): string | undefined {
  const text = source.slice(range);
  if (code === 'bad-wait' && isForeignLimit(text)) {
    const meant = text.replace(/[.:/]/, '.');
    // Where no limit can be written the word is right without it.
    return rules.waitSuffix.test(meant) ? meant : meant.replace(/\..*/, '');
  }
  return closestWord(text, knownWords[code] ?? []);
}

/** `nowait:5` and `nowait/5` where another sign stands in front of a limit. */
function isForeignLimit(word: string): boolean {
  return /^nowait[.:/][0-9]+$/.test(word);
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
    explains: [
      'correctness/services-mismatch',
      'correctness/socket-protocol-mismatch',
      'security/unlimited-instances',
    ],
  },
  check: ({ source, tree, analysis, target, report }) => {
    const rules = rulesOf(dialectOfTarget(target));
    return {
      Entry: (entry) => {
        const view = analysis.view(entry, source);
        if (view === undefined || view.isOff || entry.syntax === 'block') return;
        const finding =
          rpcWithoutProtocol(view) ??
          limitedWait(view, entry) ??
          impossibleWord(view) ??
          foreignBuiltin(view, rules) ??
          optionAsName(view);
        if (finding !== undefined) report(finding);
        if (source !== tree.inetdConf?.source || entry.problems.some(({ code }) => badFields.has(code)))
          return;
        const loss = compatLoss(view, analysis);
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
        const isTaken = problem.severity !== 'error';
        report({
          at: problem,
          message: `${problem.message}${didYouMean(meantWord(problem, source, rules))}`,
          severity: problem.severity,
          effect: isTaken ? 'misreads' : 'drops-service',
          ...(isTaken ? { consequence: 'daemons read this differently, and some not at all' } : {}),
        });
      },
    };
  },
});

/** `rstatd/1-3` is how a program and its versions are named, which only `rpc/udp` makes them. */
function rpcWithoutProtocol(view: ServiceView): Finding | undefined {
  const { name, protocol, types, socketType } = view;
  if (types.has('RPC') || socketType === 'tli' || !/^(?:tcp|udp)$/.test(protocol ?? '')) return undefined;
  if (!/^[^/:]+\/[0-9]+(?:-[0-9]+)?$/.test(name)) return undefined;
  return {
    at: rangeOf(view, 'protocol'),
    message: `${quote(name)} names an RPC program with its versions, which needs the protocol 'rpc/${protocol}'`,
    effect: 'drops-service',
    consequence: 'the daemon looks for a service of that whole name',
  };
}

/** FreeBSD's limit of servers: what does not know it takes the whole word for something else than `wait`. */
function limitedWait(view: ServiceView, entry: LineEntry | PairsEntry): Finding | undefined {
  if (view.wait !== true || entry.syntax !== 'line' || !new EntryValues(entry).has('max_child'))
    return undefined;
  const at = wordAround(rangeOf(view, 'wait'), view.source);
  return {
    at,
    message: `${quote(view.source.slice(at))} waits for FreeBSD alone; write 'wait' without a limit`,
    severity: 'warning',
    effect: 'misreads',
    consequence: "OpenBSD, NetBSD, Debian and inetutils take it for 'nowait', and busybox refuses the line",
  };
}
