import { parseDottedQuad, prefixOfMask } from '../../../model/addresses/ipv4.ts';
import { defineRule } from '../../rule.ts';
import { quote } from '../../wording.ts';
import { allClients, eachAddress, missedClients, rewrite } from './addresses.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/dotted-netmask',
    summary: 'A network mask in dotted form behind an address',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'misreads',
    fixable: 'safe or unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'The mask is read as the number in front of its first dot: /255.255.255.0 becomes 255, which is taken for /32. `no_access = 127.0.0.0/255.0.0.0` blocks nobody, and the same in `only_from` admits nobody.',
    references: ['numeric_addr and explicit_mask in addr.c'],
    examples: {
      bad: 'no_access = 198.51.100.0/255.255.255.0',
      good: 'no_access = 198.51.100.0/24',
    },
  },
  check: ({ report }) =>
    eachAddress((word, attribute) => {
      const [, address = '', mask = ''] = /^([^/]+)\/(\d+\.[\d.]+)$/.exec(word.text) ?? [];
      if (mask === '') return;
      const bits = parseDottedQuad(mask);
      const prefix = bits === undefined ? undefined : prefixOfMask(bits);
      const read = Math.min(Number(mask.split('.')[0]), 32);
      report({
        at: word,
        message: `${quote(word.text)}: a mask is written as a number of bits${prefix === undefined ? '' : `, here '${address}/${prefix}'`}`,
        consequence: `the daemon takes it for ${address}/${read}, so ${read === 0 ? allClients(attribute) : missedClients(attribute)}`,
        ...(prefix === undefined ? {} : { fix: rewrite(word, `${address}/${prefix}`) }),
      });
    }),
});
