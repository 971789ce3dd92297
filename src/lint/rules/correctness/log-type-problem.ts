import type { Location } from '../../../diagnostics/diagnostic.ts';
import type { Service } from '../../../model/service.ts';
import { isFolder } from '../../host.ts';
import { badValueEffect, meantValues } from '../../line.ts';
import { defineRule, eachMessage } from '../../rule.ts';
import { wordAt } from '../../value-advice.ts';
import { quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/log-type-problem',
    summary: 'A log that is asked for and not written, or whose place the daemon cannot read',
    severity: 'warning',
    formats: ['xinetd'],
    scope: 'tree',
    effect: 'none',
    fixable: 'no',
    facts: 'none',
    explains: ['correctness/fatal-defaults-error'],
    since: '0.1.0',
    why: 'With `log_on_success` and no `log_type` nothing is written. `log_type = /var/log/x` and `FILE` alone switch the service off; `FILE rel.log` is taken, and starts where the daemon was started.',
    references: ['parse_filelog and parse_syslog in parsers.c'],
    examples: {
      bad: 'log_type = FILE services.log',
      good: 'log_type = SYSLOG authpriv\nlog_on_success = HOST PID',
    },
  },
  check: (context) => ({
    Attribute: (attribute, entry) => {
      if (entry.syntax !== 'block' || attribute.key !== 'log_type') return;
      const [kind, path] = meantValues(attribute);
      if (kind?.text.toUpperCase() !== 'FILE' || path === undefined) return;
      if (isFolder(context.analysis.host, path.text)) {
        context.report({
          at: path,
          message: `the log file ${quote(path.text)} is a folder`,
          severity: 'error',
          effect: 'misreads',
          consequence: 'the daemon cannot create the log, and starts no service that has it',
        });
        return;
      }
      if (path.text.startsWith('/')) return;
      context.report({
        at: path,
        message: `the log file ${quote(path.text)} is relative; write an absolute path`,
        effect: 'misreads',
        consequence: 'the path starts in the folder where the daemon was started, and at / when it reloads',
      });
    },
    ...eachMessage(context, (message, { attribute }, entry) => {
      const text = describe(message.code, attribute.key === 'log_type');
      if (text === undefined) return;
      const word = wordAt(message, attribute);
      context.report({
        at: word ?? attribute,
        message: text(quote(word?.text ?? '')),
        severity: 'error',
        effect: badValueEffect(entry),
      });
    }),
  }),
  checkTree: ({ tree, analysis, report }) => {
    // Whether there is a log is said in the main file.
    if (tree.isPartial) return;
    const seen = new Set<string>();
    const sources = new Map(tree.files.map(({ source }) => [source.path, source]));
    for (const service of analysis.configuration.services) {
      if (service.logType !== null) continue;
      const place = firstLogOption(service);
      const source = sources.get(place?.source.path ?? '');
      if (place === undefined || source === undefined) continue;
      const key = `${place.source.path} ${place.range.start}`;
      if (seen.has(key)) continue;
      seen.add(key);
      report({
        source,
        at: place.range,
        means: 'log_type',
        message: "nothing is logged without 'log_type'; write 'log_type = SYSLOG daemon' or a file",
        consequence: 'the daemon has no log to write it to',
      });
    }
  },
});

/** Where the log was asked for; in `defaults` one line asks for many services. */
function firstLogOption({ logOnSuccess, logOnFailure, origins }: Service): Location | undefined {
  const asked = [
    ...(logOnSuccess.length === 0 ? [] : (origins.get('log_on_success') ?? [])),
    ...(logOnFailure.length === 0 ? [] : (origins.get('log_on_failure') ?? [])),
  ];
  return asked.find(({ location }) => location !== null)?.location ?? undefined;
}

function describe(code: string, isLogType: boolean): ((word: string) => string) | undefined {
  switch (code) {
    case 'unknown-log-type':
      return (word) => `${word} is no kind of log; write 'SYSLOG facility' or 'FILE path'`;
    case 'bad-log-limit':
      return (word) =>
        `${word} is no size limit of a log file: a number with 'K' or 'M' or without, and the hard one not below the soft one`;
    case 'wrong-value-count':
      return isLogType
        ? () => "'log_type' takes 'SYSLOG facility [level]' or 'FILE path [soft [hard]]'"
        : undefined;
    default:
      return undefined;
  }
}
