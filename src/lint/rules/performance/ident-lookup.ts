import type { Attribute, Entry } from '../../../ast/nodes.ts';
import type { SourceText } from '../../../text/source-text.ts';
import { meantValues, removeWord } from '../../line.ts';
import { defineRule, type ProposedFix } from '../../rule.ts';

export const rule = defineRule({
  meta: {
    name: 'performance/ident-lookup',
    summary: 'USERID in a log list, for which every client is asked who he is',
    severity: 'warning',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'none',
    fixable: 'safe',
    facts: 'none',
    since: '0.1.0',
    why: 'Each connection waits for an RFC 1413 query to the host of the client, up to 30 seconds, and without end with IDONLY; most networks drop port 113. Vendor files still ship `log_on_failure += USERID` for telnet and rsync.',
    references: [
      'LOGUSER_SUCCESS_TIMEOUT in xconfig.h',
      'https://docs.redhat.com/en/documentation/red_hat_enterprise_linux/5/html/deployment_guide/s2-tcpwrappers-xinetd-config-files',
      'https://linuxfromscratch.org/blfs/view/7.10-systemd/server/xinetd.html',
    ],
    examples: {
      bad: 'log_on_failure = HOST USERID',
      good: 'log_on_failure = HOST',
    },
  },
  check: ({ source, report }) => ({
    Attribute: (attribute, entry) => {
      if (entry.syntax !== 'block' || !/^log_on_(?:success|failure)$/.test(attribute.key)) return;
      if (attribute.operator?.operator === 'remove') return;
      const word = meantValues(attribute).find(({ text }) => text.toUpperCase() === 'USERID');
      if (word === undefined) return;
      const fix = needsIdentity(entry) ? undefined : drop(attribute, word, source);
      report({
        at: word,
        message:
          'every client is asked over the network who he is, and most answer with silence; leave USERID out',
        consequence: 'the server starts at once, but its process waits up to 30 seconds before it is logged',
        ...(fix === undefined ? {} : { fix }),
      });
    },
  }),
});

function needsIdentity(entry: Entry): boolean {
  return entry.attributes.some(
    ({ key, values }) => key === 'flags' && values.some(({ text }) => text.toUpperCase() === 'IDONLY'),
  );
}

/** A list that would be empty gets HOST, which says what can be known. */
function drop(attribute: Attribute, word: Attribute['values'][number], source: SourceText): ProposedFix {
  if (attribute.values.length > 1) {
    return { description: 'Remove USERID', edits: [removeWord(source, attribute, word)] };
  }
  return {
    description: 'Log the address instead',
    edits: [{ start: word.start, end: word.end, text: 'HOST' }],
  };
}
