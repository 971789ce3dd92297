import { parseDottedQuad } from '../../../model/addresses/ipv4.ts';
import { parseIpv6 } from '../../../model/addresses/ipv6.ts';
import { withoutScope } from '../../../model/addresses/scoped-ipv6.ts';
import { meantValues } from '../../line.ts';
import { defineRule } from '../../rule.ts';
import { quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'portability/boot-order-bind',
    summary: 'A service that listens on an address which may not be there when the daemon starts',
    severity: 'info',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'none',
    fixable: 'no',
    facts: 'opt-in',
    since: '0.1.0',
    why: 'The daemon tries to bind 11 times at start and then gives the service up (`Cannot assign requested address`); after a reboot the network may come later. Let the daemon start after network-online.target, or set ip_nonlocal_bind.',
    references: ['activate_normal in service.c', 'https://github.com/openSUSE/xinetd/issues/13'],
    examples: { bad: 'bind = 192.0.2.10', good: 'bind = 127.0.0.1' },
  },
  check: ({ analysis, report }) => ({
    Attribute: (attribute, entry) => {
      if (entry.syntax !== 'block' || (attribute.key !== 'bind' && attribute.key !== 'interface')) return;
      const [value, ...rest] = meantValues(attribute);
      if (value === undefined || rest.length > 0 || !isOrdinaryAddress(value.text)) return;
      const isMissing = analysis.host.isLocalAddress?.(value.text) === false;
      report({
        at: value,
        message: isMissing
          ? `no interface of the machine has the address ${quote(value.text)}`
          : `${quote(value.text)} must be there when the daemon starts; start it after the network is up`,
        ...(isMissing
          ? { severity: 'warning', consequence: 'the daemon cannot bind the service, and gives it up' }
          : {}),
      });
    },
  }),
});

/** Neither a wildcard nor the machine itself. */
function isOrdinaryAddress(text: string): boolean {
  const four = parseDottedQuad(text);
  if (four !== undefined) return four !== 0 && four >>> 24 !== 127;
  return parseIpv6(withoutScope(text)) !== undefined && !/^(?:::1?|0*(?::0*)*:0*1?)$/.test(text);
}
