import type { LineEntry } from '../../../ast/nodes.ts';
import type { Dialect } from '../../../catalog/inetd-dialects.ts';
import { type DialectRules, rulesOf } from '../../../grammar/inetd/dialects.ts';
import { EntryValues } from '../../../grammar/inetd/entry-values.ts';
import type { Range } from '../../../text/range.ts';
import { wordAround } from '../../line.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { rangeOf, type ServiceView } from '../../service-view.ts';
import { dialectOfTarget } from '../../target.ts';
import { quote } from '../../wording.ts';
import { versionReadings } from './protocol-readings.ts';

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
    why: '`tcp` is both families for openbsd-inetd as Debian ships it and IPv4 for the others; `tcp6` is IPv6 alone for the BSDs and both families for inetutils; `tcp46` is IPv4 for inetutils. xinetd knows none of them, no address prefix and no port by number. With one dialect set in the target, it is what that daemon does not know, or reads otherwise than most.',
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
  check: ({ source, analysis, target, report }) => {
    const dialect = dialectOfTarget(target);
    return {
      Problem: (problem) => {
        if (protocolAdvice.has(problem.code))
          report({ at: problem, message: problem.message, consequence: 'daemons read this differently' });
      },
      Directive: (directive) => {
        if (directive.kind !== 'default-bind' || dialect !== 'auto') return;
        report({
          at: directive,
          message:
            'an address alone on its line is known to NetBSD, OpenBSD, Debian, inetutils and busybox only',
          consequence: 'others find fields missing, and FreeBSD ends there',
        });
      },
      Entry: (entry) => {
        const view = analysis.view(entry, source);
        if (view === undefined || view.isOff || entry.syntax !== 'line') return;
        const found = dialect === 'auto' ? ambiguities(view, entry) : unknownForms(view, rulesOf(dialect));
        for (const finding of found) report(finding);
        const version = dialect === 'auto' ? ambiguousVersion(view) : otherVersion(view, dialect);
        if (version !== undefined) report(version);
      },
    };
  },
});

const whoIsReached = { consequence: 'it depends on the daemon who can reach the service' };

/** The word of the protocol with its IP version; undefined where it has none. */
function versionOf(
  view: ServiceView,
): { readonly at: Range; readonly text: string; readonly version: string } | undefined {
  const at = wordAround(rangeOf(view, 'protocol'), view.source);
  const text = view.source.slice(at);
  const [, digits] = /^(?:rpc\/)?(?:tcp|udp)([46]+|6only)(?:,|$)/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const isBoth = digits.includes('4') && digits.includes('6');
  return { at, text, version: digits === '6only' ? digits : isBoth ? '46' : digits.charAt(0) };
}

function ambiguousVersion(view: ServiceView): Finding | undefined {
  const word = versionOf(view);
  const reading = word === undefined ? undefined : versionReadings[word.version];
  // An error says itself that it is one; `tcp4` means one thing wherever it means anything.
  if (word === undefined || reading === undefined || word.version === '4') return undefined;
  return {
    at: word.at,
    message: `${quote(word.text)} is ${reading.all}; write two lines, with '${view.protocol}4' and '${view.protocol}6'`,
    ...whoIsReached,
  };
}

/** What the one daemon that is meant makes of an IP version that others read otherwise. */
function otherVersion(view: ServiceView, dialect: Dialect): Finding | undefined {
  const word = versionOf(view);
  if (word === undefined) {
    if (dialect !== 'debian-openbsd' || !/^(?:tcp|udp)$/.test(view.protocol ?? '')) return undefined;
    return {
      at: rangeOf(view, 'protocol'),
      message: `${quote(view.protocol ?? '')} is both families for Debian, and IPv4 for the other daemons`,
      severity: 'info',
      consequence: 'the daemon opens two sockets, one for IPv4 and one for IPv6',
    };
  }
  const reading = versionReadings[word.version];
  if (reading === undefined || reading.asMeant.includes(dialect)) return undefined;
  const otherwise = reading.otherwise[dialect];
  return {
    at: word.at,
    message:
      otherwise === undefined
        ? `${dialect} does not know ${quote(word.text)}`
        : `for ${dialect} ${quote(word.text)} is ${otherwise}; it is ${reading.all}`,
    ...(otherwise === undefined
      ? { effect: 'drops-service' }
      : { consequence: `${dialect} opens ${otherwise}` }),
  };
}

/** Forms that the one daemon that is meant does not have: it looks for a service of that whole name. */
function* unknownForms(view: ServiceView, { dialect, ...rules }: DialectRules): Generator<Finding> {
  const at = view.entry.name ?? view.entry;
  const unknown = { at, consequence: `${dialect} looks for a service of that whole name` };
  if (view.protocol === 'unix') return;
  if (!rules.addresses && view.name.includes(':'))
    yield { ...unknown, message: `${dialect} has no address in front of the service` };
  else if (!rules.portNumbers && view.port !== null)
    yield { ...unknown, message: `${dialect} takes no port by its number; name it in the services file` };
  else if (!rules.tcpmux && view.name.startsWith('tcpmux/'))
    yield { ...unknown, message: `${dialect} has no tcpmux` };
}

function* ambiguities(view: ServiceView, entry: LineEntry): Generator<Finding> {
  const values = new EntryValues(entry);
  const wholeName = { consequence: 'these look for a service of that whole name' };
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
      ...wholeName,
    };
  }
  if (view.port !== null) {
    yield {
      at: view.entry.name ?? entry,
      message:
        'a port by its number is not known to FreeBSD, netkit, Solaris and xinetd; name it in the services file',
      ...wholeName,
    };
  }
  if (view.types.has('TCPMUX') || view.types.has('TCPMUXPLUS')) {
    yield {
      at: wordAround(view.entry.name ?? entry, view.source),
      message: 'tcpmux is known to FreeBSD, NetBSD and inetutils only',
      ...wholeName,
    };
  }
  if (view.types.has('RPC')) {
    yield {
      at: wordAround(rangeOf(view, 'protocol'), view.source),
      message: 'RPC services are not known to inetutils, and to busybox only where it was built with them',
      consequence: 'these refuse the line',
    };
  }
  if (view.protocol === 'unix') {
    yield {
      at: rangeOf(view, 'protocol'),
      message: 'UNIX sockets are not known to inetutils, Solaris and xinetd',
      consequence: 'these refuse the line',
    };
  }
}
