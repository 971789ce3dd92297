import { parseDottedQuad } from '../../../model/addresses/ipv4.ts';
import { parseIpv6 } from '../../../model/addresses/ipv6.ts';
import { removeWord } from '../../line.ts';
import { defineRule, eachService, type Finding, type ProposedFix } from '../../rule.ts';
import { attributeOf, rangeOf, type ServiceView } from '../../service-view.ts';
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
      const finding = mismatch(view, view.bind);
      if (finding !== undefined) context.report(finding);
    }),
});

function mismatch(view: ServiceView, bind: string): Finding | undefined {
  const isFour = parseDottedQuad(bind) !== undefined;
  const six = parseIpv6(bind.replace(/%.*$/, ''));
  const wrong = isFour ? 'IPv6' : six === undefined ? undefined : 'IPv4';
  if (wrong !== undefined && view.flags.has(wrong)) {
    // With both flags IPv6 is taken, which is right for an IPv6 address.
    if (wrong === 'IPv4' && view.flags.has('IPv6')) return undefined;
    return {
      at: rangeOf(view, 'bind'),
      message: `${quote(bind)} is no ${wrong} address, and the flag ${wrong} counts more`,
      consequence: 'the daemon forgets the address and listens on all',
      ...fix(view, wrong),
    };
  }
  if (/^::ffff:/i.test(bind)) {
    return {
      at: rangeOf(view, 'bind'),
      message: `${quote(bind)} is an IPv4 address written as IPv6; write the IPv4 address`,
      severity: 'warning',
    };
  }
  if (six !== undefined || isFour || view.flags.has('IPv4') || view.flags.has('IPv6')) return undefined;
  if (bind.toLowerCase() !== 'localhost') return undefined;
  return {
    at: rangeOf(view, 'bind'),
    message: `${quote(bind)} has addresses of both families on most machines; write 127.0.0.1, ::1 or a family flag`,
    severity: 'warning',
    consequence: 'the daemon listens on the IPv6 address alone where there is one',
  };
}

function fix(view: ServiceView, flag: string): { readonly fix?: ProposedFix } {
  const line = attributeOf(view, 'flags');
  const word = line?.values.find(({ text }) => text.toLowerCase() === flag.toLowerCase());
  if (line === undefined || word === undefined) return {};
  return {
    fix: { description: `Remove the flag ${flag}`, edits: [removeWord(view.source, line, word)] },
  };
}
