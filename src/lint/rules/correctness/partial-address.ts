import { formatIpv4, parseInetAton } from '../../../model/addresses/ipv4.ts';
import { defineRule } from '../../rule.ts';
import { quote } from '../../wording.ts';
import { eachAddress, missedClients, rewrite } from './addresses.ts';

/** One to three numbers, or any with a dot at the end. */
const partial = /^(\d{1,3}(?:\.\d{1,3}){0,2})(\.?)(?:\/(\d{1,2}))?$/;
const trailingDot = /^(\d{1,3}(?:\.\d{1,3}){3})\.$/;

export const rule = defineRule({
  meta: {
    name: 'correctness/partial-address',
    summary: 'An IPv4 address with fewer than four numbers, or with a dot at the end',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'misreads',
    fixable: 'safe or unsafe',
    facts: 'none',
    since: '0.1.0',
    why: '`192.168.`, the form of tcp_wrappers, is logged and left out of the list: in `no_access` it blocks nobody. `10.9` goes through the C library as the single address 10.0.0.9.',
    references: ['numeric_addr in addr.c; inet_aton(3)'],
    examples: { bad: 'only_from = 192.168.', good: 'only_from = 192.168.0.0/16' },
  },
  check: ({ report }) =>
    eachAddress((word, attribute) => {
      const whole = trailingDot.exec(word.text)?.[1];
      if (whole !== undefined) {
        report({
          at: word,
          message: `${quote(word.text)} ends in a dot; write '${whole}'`,
          effect: 'drops-value',
          fix: rewrite(word, whole),
        });
        return;
      }
      const [, numbers, dot, bits] = partial.exec(word.text) ?? [];
      if (numbers === undefined) return;
      const octets = numbers.split('.');
      const network = `${[...octets, '0', '0', '0'].slice(0, 4).join('.')}/${bits ?? octets.length * 8}`;
      const address = parseInetAton(numbers);
      report({
        at: word,
        message: `${quote(word.text)} is no network; write '${network}'`,
        ...(dot === '.'
          ? { effect: 'drops-value' }
          : {
              consequence: `the daemon takes it for ${address === undefined ? 'something else' : formatIpv4(address)}${bits === undefined ? ' alone' : `/${bits}`}, so ${missedClients(attribute)}`,
            }),
        fix: rewrite(word, network),
      });
    }),
});
