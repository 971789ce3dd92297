import { defineRule } from '../../rule.ts';
import { quote } from '../../wording.ts';
import { eachAddress, missedClients, rewrite } from './addresses.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/ipv6-address-never-matches',
    summary: 'An IPv6 address with /128, or `::`, which match no client',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'misreads',
    fixable: 'safe or unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'A /128 is stored as a host name of random bytes and is never compared as an address; `::` is compared for equality and is no wildcard. `no_access = ::1/128` lets ::1 in, `only_from = ::` refuses everybody.',
    references: ['explicit_mask in addr.c'],
    examples: { bad: 'no_access = 192.0.2.7 2001:db8::5/128', good: 'no_access = 192.0.2.7 2001:db8::5' },
  },
  check: ({ report }) =>
    eachAddress((word, attribute) => {
      const address = /^([0-9a-f:.]*:[0-9a-f:.]*)\/0*128$/i.exec(word.text)?.[1];
      const isAny = word.text === '::';
      if (address === undefined && !isAny) return;
      const meant = isAny ? '::/0' : (address ?? '');
      report({
        at: word,
        message: `${quote(word.text)} matches no client; write '${meant}'`,
        consequence: `the daemon never finds it equal to an address, so ${missedClients(attribute)}`,
        fix: rewrite(word, meant),
      });
    }),
});
