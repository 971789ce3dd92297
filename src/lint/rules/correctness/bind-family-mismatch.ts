import type { Attribute } from '../../../ast/nodes.ts';
import { parseDottedQuad } from '../../../model/addresses/ipv4.ts';
import { parseIpv6 } from '../../../model/addresses/ipv6.ts';
import type { SourceText } from '../../../text/source-text.ts';
import { decidingLines } from '../../deciding-line.ts';
import { removeWord } from '../../line.ts';
import { defineRule, eachService, type Finding } from '../../rule.ts';
import { attributeOf, rangeOf } from '../../service-view.ts';
import { quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/bind-family-mismatch',
    summary: 'A bind address of one family with the flag of the other',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'entry',
    effect: 'misreads',
    fixable: 'safe',
    facts: 'opt-in',
    since: '0.1.0',
    why: 'The flag wins and the address is lost: `bind = 127.0.0.1` with `flags = IPv6`, and `bind = ::1` with `flags = IPv4`, both listen on all addresses. A host name with addresses of both families is taken as IPv6 unless a flag says otherwise: `bind = localhost` listens on ::1 only.',
    references: ['activate_normal in service.c'],
    examples: { bad: 'bind = 127.0.0.1\nflags = IPv6', good: 'bind = 127.0.0.1\nflags = IPv4' },
  },
  check: (context) =>
    eachService(context, (view) => {
      if (view.entry.syntax !== 'block' || view.bind === null) return;
      const at = rangeOf(view, 'bind');
      const flag = lostBy(view.bind, view.flags);
      const removed = flag === undefined ? undefined : removal(view.source, attributeOf(view, 'flags'), flag);
      const finding = flag === undefined ? doubtful(view.bind, hasFamily(view.flags)) : lost(view.bind, flag);
      if (finding !== undefined) context.report({ ...removed, at, ...finding });
    }),
  checkTree: ({ analysis, report }) => {
    for (const { source, entry, at, services } of decidingLines(analysis, 'bind')) {
      if (entry.kind !== 'defaults') continue;
      const bind = services[0]?.bind ?? '';
      for (const service of services) {
        const flag = lostBy(bind, new Set(service.flags));
        const place = service.origins.get('flags')?.[0]?.location;
        const line = place ? analysis.lineAt(place) : undefined;
        if (flag === undefined || line === undefined) continue;
        const removed = removal(line.source, line.attribute, flag);
        const related = [{ source, range: at, message: 'the address that it inherits' }];
        report({ source: line.source, at: line.attribute, ...removed, related, ...lost(bind, flag) });
      }
      const isOpen = services.some(({ isFamilyGiven }) => !isFamilyGiven);
      const finding = doubtful(bind, !isOpen);
      if (finding !== undefined) report({ source, at, ...finding });
    }
  },
});

type Judged = Omit<Finding, 'at'>;

/** The flag of the other family, which counts more than the address. */
function lostBy(bind: string, flags: ReadonlySet<string>): 'IPv4' | 'IPv6' | undefined {
  if (parseDottedQuad(bind) !== undefined) return flags.has('IPv6') ? 'IPv6' : undefined;
  // With both flags IPv6 is taken, which is right for an IPv6 address.
  return numericSix(bind) !== undefined && flags.has('IPv4') && !flags.has('IPv6') ? 'IPv4' : undefined;
}

function lost(bind: string, flag: string): Judged {
  return {
    message: `${quote(bind)} is no ${flag} address, and the flag ${flag} counts more`,
    consequence: 'the daemon forgets the address and listens on all',
  };
}

/** An address that is likely to be another than it seems. */
function doubtful(bind: string, isFamilyGiven: boolean): Judged | undefined {
  if (/^::ffff:/i.test(bind)) {
    return {
      message: `${quote(bind)} is an IPv4 address written as IPv6; write the IPv4 address`,
      severity: 'warning',
    };
  }
  if (isFamilyGiven || bind.toLowerCase() !== 'localhost') return undefined;
  return {
    message: `${quote(bind)} has addresses of both families on most machines; write 127.0.0.1, ::1 or a family flag`,
    severity: 'warning',
    consequence: 'the daemon listens on the IPv6 address alone where there is one',
  };
}

function hasFamily(flags: ReadonlySet<string>): boolean {
  return flags.has('IPv4') || flags.has('IPv6');
}

function numericSix(bind: string): Uint8Array | undefined {
  return parseIpv6(bind.replace(/%.*$/, ''));
}

/** Where a flag stands, and how to take it away. */
function removal(source: SourceText, line: Attribute | undefined, flag: string) {
  const word = line?.values.find(({ text }) => text.toLowerCase() === flag.toLowerCase());
  if (line === undefined || word === undefined) return undefined;
  return {
    at: word,
    fix: { description: `Remove the flag ${flag}`, edits: [removeWord(source, line, word)] },
  };
}
