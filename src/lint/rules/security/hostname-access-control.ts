import { defineRule } from '../../rule.ts';
import { quote } from '../../wording.ts';
import { eachAddress } from '../correctness/addresses.ts';

export const rule = defineRule({
  meta: {
    name: 'security/hostname-access-control',
    summary: 'A host name or domain in an access list',
    severity: 'warning',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'none',
    fixable: 'no',
    facts: 'opt-in',
    since: '0.1.0',
    why: 'The reverse name of the client is compared as text, with no look-up the other way: whoever controls the reverse zone of an address chooses its name. A name that does not resolve at start is dropped from the list, each connection waits for DNS, and in `no_access` a client without a name gets in.',
    references: ['addrlist_match in addr.c'],
    examples: { bad: 'only_from = .example.org', good: 'only_from = 192.0.2.0/24' },
  },
  check: ({ analysis, report }) =>
    eachAddress((word, attribute) => {
      const { text } = word;
      const isDomain = /^\.[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i.test(text) && /[a-z]/i.test(text);
      const isName = /^(?=.*[a-z])[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?$/i.test(text);
      if (!isDomain && !(isName && analysis.host.tables.hostAddresses(text).length > 0)) return;
      report({
        at: word,
        message: `the name ${quote(text)} is what the client's own reverse zone says; write addresses`,
        ...(text.toLowerCase() === 'localhost' ? { severity: 'info' } : {}),
        ...(attribute.key === 'no_access'
          ? { consequence: 'a client whose address has no name gets in' }
          : {}),
      });
    }),
});
