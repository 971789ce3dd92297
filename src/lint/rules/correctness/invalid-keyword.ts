import { badValueEffect } from '../../line.ts';
import { defineRule, eachMessage } from '../../rule.ts';
import { adviseOnValue, wordAt } from '../../value-advice.ts';
import { quote } from '../../wording.ts';

/** What the daemon logs about a word that is in none of its closed sets. */
const keywordFaults: ReadonlySet<string> = new Set([
  'bad-value-wait',
  'bad-value-disable',
  'bad-value-groups',
  'bad-value-v6only',
  'bad-socket-type',
  'bad-service-type',
  'bad-service-flag',
  'bad-log-on-success-flag',
  'bad-log-on-failure-flag',
  'unknown-facility',
  'unknown-level',
]);

export const rule = defineRule({
  meta: {
    name: 'correctness/invalid-keyword',
    summary: 'A word outside of the closed set that the attribute takes',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'varies',
    fixable: 'safe or unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'In a service a wrong word switches the entry off, in `defaults` the daemon exits. Old sample configurations still use RECORD, which is gone. `disable = false` switches the service off, the opposite of what was meant.',
    references: ['parse_value_list and svcdisable_parser in parsers.c'],
    examples: { bad: 'disable = false', good: 'disable = no' },
  },
  check: (context) => ({
    Attribute: (attribute, entry) => {
      const [word] = attribute.values;
      if (entry.syntax !== 'block' || attribute.key !== 'libwrap' || attribute.values.length !== 1) return;
      if (word === undefined || !isBoolean(word.text)) return;
      context.report({
        at: word,
        severity: 'warning',
        message: `'libwrap' takes the name to look up in hosts.allow, not ${quote(word.text)}; to switch it off write 'flags = NOLIBWRAP'`,
        effect: 'misreads',
        consequence: `the daemon looks for rules of a program ${quote(word.text)}`,
      });
    },
    ...eachMessage(context, (message, { attribute }, entry) => {
      if (!keywordFaults.has(message.code)) return;
      const word = wordAt(message, attribute);
      const isOpposite = attribute.key === 'disable' && /^(?:false|off|0)$/i.test(word?.text ?? '');
      context.report({
        at: word ?? attribute,
        ...adviseOnValue(message, attribute),
        effect: badValueEffect(entry),
        ...(isOpposite
          ? { consequence: 'the daemon switches the service off, the opposite of what the line says' }
          : {}),
      });
    }),
  }),
});

function isBoolean(text: string): boolean {
  return /^(?:yes|no|true|false|on|off|0|1|enabled?|disabled?|none)$/i.test(text);
}
