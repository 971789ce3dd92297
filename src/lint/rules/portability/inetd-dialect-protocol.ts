import type { LineEntry } from '../../../ast/nodes.ts';
import { EntryValues } from '../../../grammar/inetd/entry-values.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { rangeOf, type ServiceView } from '../../service-view.ts';
import { quote } from '../../wording.ts';

/** What the grammar says about words of the protocol that are old, or that some daemons get wrong. */
const protocolAdvice: ReadonlySet<string> = new Set(['obsolete-faith', 'obsolete-ttcp', 'sockbuf-unit-bug']);

export const rule = defineRule({
  meta: {
    name: 'portability/inetd-dialect-protocol',
    summary: 'A protocol or service word of inetd.conf that daemons read differently',
    severity: 'warning',
    formats: ['inetd'],
    scope: 'line',
    effect: 'misreads',
    fixable: 'no',
    facts: 'target',
    since: '0.1.0',
    why: '`tcp` is both families for openbsd-inetd as Debian ships it and IPv4 for the others; `tcp6` is IPv6 alone for the BSDs and both families for inetutils; `tcp46` is IPv4 for inetutils. xinetd knows none of them, no address prefix and no port by number. With one dialect set in the target, nothing is ambiguous.',
    references: [
      'inetd(8) of the systems',
      'https://repo.or.cz/alpine.git/blob/06f55d13682c0ac4b690bab7ca64f6caf5fd55bd:/imap/docs/IPv6.txt',
    ],
    examples: {
      format: 'inetd',
      bad: 'imap stream tcp6 nowait.40 mail /usr/sbin/imapd imapd',
      good: 'imap stream tcp4 nowait.40 mail /usr/sbin/imapd imapd',
    },
  },
  check: ({ source, analysis, target, report }) => ({
    Problem: (problem) => {
      if (protocolAdvice.has(problem.code))
        report({ at: problem, message: problem.message, consequence: 'daemons read this differently' });
    },
    Entry: (entry) => {
      const view = analysis.view(entry, source);
      if (view === undefined || view.isOff || entry.syntax !== 'line' || target.inetdDialect !== null) return;
      for (const finding of ambiguities(view, entry)) report(finding);
    },
  }),
});

const meanings: Readonly<Record<string, string>> = {
  '6': 'IPv6 alone for the BSDs and Debian, both families for inetutils and Solaris',
  '46': 'both families for FreeBSD and Debian, IPv4 for inetutils, IPv6 for OpenBSD and NetBSD, an error for busybox',
  '6only': 'IPv6 alone for inetutils, both families for Debian, an error for others',
};

function* ambiguities(view: ServiceView, entry: LineEntry): Generator<Finding> {
  const values = new EntryValues(entry);
  const version = values.text('ip_version');
  const word = `${view.protocol ?? ''}${version ?? ''}`;
  const meaning = version === undefined ? undefined : meanings[version];
  if (meaning !== undefined) {
    yield {
      at: rangeOf(view, 'protocol'),
      message: `${quote(word)} is ${meaning}; write two lines, with '${view.protocol}4' and '${view.protocol}6'`,
      consequence: 'it depends on the daemon who can reach the service',
    };
  }
  if (values.has('sndbuf') || values.has('rcvbuf')) {
    yield {
      at: values.word('sndbuf') ?? values.word('rcvbuf') ?? entry,
      message: 'sizes of buffers are known to NetBSD and Debian only',
      consequence: 'other daemons refuse the line, or forget the sizes',
    };
  }
  if (values.has('bind')) {
    yield {
      at: rangeOf(view, 'bind'),
      message: 'an address in front of the service is not known to FreeBSD, netkit, Solaris and xinetd',
      consequence: 'these look for a service of that whole name',
    };
  }
}
