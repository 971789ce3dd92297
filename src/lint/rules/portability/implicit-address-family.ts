import { parseDottedQuad } from '../../../model/addresses/ipv4.ts';
import { parseIpv6 } from '../../../model/addresses/ipv6.ts';
import { defineRule, eachRunning } from '../../rule.ts';
import { quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'portability/implicit-address-family',
    summary: 'A service that listens on another address family with another version of the daemon',
    severity: 'info',
    formats: ['xinetd'],
    scope: 'entry',
    effect: 'none',
    fixable: 'no',
    facts: 'target',
    since: '0.1.0',
    why: 'Without a family flag and a numeric `bind`, xinetd.org 2.3.15 (RHEL 6 to 8) listens on IPv4 alone, the fork that Debian, Ubuntu, Gentoo and openSUSE ship opens a socket for both families. Access lists see clients in another form then, and so does REMOTE_HOST (::ffff:192.0.2.1).',
    references: ['service_fill in confparse.c', 'https://github.com/librenms/librenms-agent/pull/100'],
    examples: {
      bad: 'flags = REUSE\nonly_from = 192.0.2.0/24 2001:db8::/32',
      good: 'flags = IPv4',
    },
  },
  check: (context) =>
    eachRunning(context, (view, service) => {
      // One version is one behaviour.
      if (context.target.isVersionGiven) return;
      if (service === null || view.flags.has('IPv4') || view.flags.has('IPv6')) return;
      const { bind } = service;
      if (bind !== null && (parseDottedQuad(bind) !== undefined || parseIpv6(bind) !== undefined)) return;
      context.report({
        at: view.entry.name ?? view.entry,
        message: `which addresses ${quote(view.name)} listens on depends on the version of the daemon; write 'flags = IPv4' or 'flags = IPv6'`,
      });
    }),
});
