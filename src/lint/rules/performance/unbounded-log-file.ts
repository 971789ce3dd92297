import { meantValues } from '../../line.ts';
import { defineRule } from '../../rule.ts';

const smallestHardLimit = 64 * 1024;

export const rule = defineRule({
  meta: {
    name: 'performance/unbounded-log-file',
    summary: 'A log file without a limit of its size, or with one that is reached at once',
    severity: 'info',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'none',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: 'There is no limit unless one is given, and at the hard limit the daemon stops logging for the service until it is reloaded.',
    references: ['xinetd.conf(5): log_type', 'parse_filelog in parsers.c'],
    examples: {
      bad: 'log_type = FILE /var/log/xinetd-services',
      good: 'log_type = FILE /var/log/xinetd-services 50M 60M',
    },
    options: {
      logsRotated: { default: false as boolean, summary: 'Something else keeps the logs small' },
    },
  },
  check: ({ source, analysis, options, report }) => ({
    Entry: (entry) => {
      if (entry.syntax !== 'block' || options.logsRotated) return;
      const { logType } = analysis.judge(entry, source).draft.values;
      const line = entry.attributes.find(({ key }) => key === 'log_type');
      if (logType?.kind !== 'file' || line === undefined) return;
      const [, path, , hard] = meantValues(line);
      if (logType.soft === null) {
        report({
          at: path ?? line,
          message: "the log file grows without end; give it limits, such as '50M 60M'",
        });
      } else if (logType.hard !== null && logType.hard < smallestHardLimit) {
        report({
          at: hard ?? path ?? line,
          message: `at ${logType.hard} bytes logging stops for good; that is soon`,
        });
      }
    },
  }),
});
