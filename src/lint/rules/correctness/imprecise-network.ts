import { formatIpv4, parseDottedQuad, wildcardPrefix } from '../../../model/addresses/ipv4.ts';
import { defineRule } from '../../rule.ts';
import { quote } from '../../wording.ts';
import { eachAddress, rewrite } from './addresses.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/imprecise-network',
    summary: 'A network that only its zeros show, and a network with bits of a host',
    severity: 'info',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'none',
    fixable: 'safe',
    facts: 'none',
    since: '0.1.0',
    why: 'Trailing zero octets are wildcards: `only_from = 127.0.0.0` admits all of 127/8, and 0.0.0.0 is everybody. A host whose address ends in .0 can be listed as /32 only.',
    references: ['numeric_addr in addr.c'],
    examples: { bad: 'only_from = 10.0.0.0', good: 'only_from = 10.0.0.0/8' },
  },
  check: ({ report }) =>
    eachAddress((word) => {
      const [address = '', bits] = word.text.split('/');
      const value = parseDottedQuad(address);
      if (value === undefined) return;
      if (bits === undefined) {
        const prefix = wildcardPrefix(value);
        if (prefix === 32) return;
        report({
          at: word,
          message: `${quote(word.text)} means ${prefix === 0 ? 'everybody' : `the network ${address}/${prefix}`}; write the mask out`,
          fix: rewrite(word, `${address}/${prefix}`),
        });
        return;
      }
      if (!/^\d{1,2}$/.test(bits) || Number(bits) > 32) return;
      const size = 2 ** (32 - Number(bits));
      const network = formatIpv4(Math.floor(value / size) * size);
      if (network === address) return;
      report({
        at: word,
        message: `${quote(word.text)} has bits of a host; the network is '${network}/${bits}'`,
        fix: rewrite(word, `${network}/${bits}`),
      });
    }),
});
