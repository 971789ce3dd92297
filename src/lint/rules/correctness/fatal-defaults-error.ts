import { defineRule } from '../../rule.ts';
import { adviseOnValue } from '../../value-advice.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/fatal-defaults-error',
    summary: 'A value in defaults for which the daemon exits',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'exits',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: 'A wrong value that costs a service its place costs the whole daemon its life when it stands in `defaults`: at start, and on a reload of a daemon that runs. It exits with status 0, which a supervisor takes for success. Observed for `instances = lots`, a comma in a list, RECORD, and a second `log_type`.',
    references: ['parse_entry in parse.c'],
    examples: {
      bad: 'defaults\n{\n\tlog_type = SYSLOG daemon\n\tlog_type = FILE /var/log/x\n}',
      good: 'defaults\n{\n\tlog_type = SYSLOG daemon\n}',
    },
    explains: [
      'correctness/invalid-keyword',
      'correctness/invalid-number',
      'correctness/comma-separated-list',
      'correctness/invalid-access-times',
    ],
  },
  check: ({ source, file, analysis, report }) => ({
    Entry: (entry) => {
      if (entry.syntax !== 'block' || entry.kind !== 'defaults') return;
      // A second section of one file is skipped with all its faults.
      const first = file.children.find((node) => node.type === 'Entry' && node.kind === 'defaults');
      if (first !== entry) return;
      for (const { attribute, outcome, messages } of analysis.judge(entry, source).lines) {
        const [message] = messages;
        if (outcome !== 'failed' || message === undefined) continue;
        const first = entry.attributes.find(({ key }) => key === attribute.key);
        const isSecond = message.code === 'second-log-type' && first !== undefined;
        report({
          at: message.location?.range ?? attribute,
          message: isSecond
            ? "a second 'log_type' in 'defaults'; remove one of them"
            : adviseOnValue(message, attribute).message,
          ...(isSecond ? { related: [{ source, range: first, message: 'the first one' }] } : {}),
        });
      }
    },
  }),
});
