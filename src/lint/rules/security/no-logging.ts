import type { BlockEntry } from '../../../ast/nodes.ts';
import type { Service } from '../../../model/service.ts';
import { addedLines, hasOpen } from '../../added-lines.ts';
import { defaultsInOrder, type PlacedEntry, servicesInOrder } from '../../reading-order.ts';
import { defineRule, type Finding, type ProposedFix } from '../../rule.ts';
import { list, quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'security/no-logging',
    summary: 'A service whose clients are not logged',
    severity: 'warning',
    formats: ['xinetd'],
    scope: 'tree',
    effect: 'none',
    fixable: 'safe',
    facts: 'none',
    since: '0.1.0',
    why: 'Without `log_type` nothing is written; without HOST and PID in `log_on_success` and HOST in `log_on_failure` nobody can tell who was there. NIST AU-12 was mapped to exactly these three lines.',
    items: ['STIG GEN003800'],
    references: ['https://github.com/ComplianceAsCode/content/issues/390'],
    examples: {
      bad: 'defaults\n{\n}\nservice web\n{\n\ttype = UNLISTED\n\tflags = IPv4\n\tsocket_type = stream\n\tprotocol = tcp\n\tport = 8080\n\twait = no\n\tuser = nobody\n\tserver = /usr/libexec/web\n\tonly_from = 192.0.2.1\n\tinstances = 5\n}',
      good: 'log_type = SYSLOG authpriv\nlog_on_success = HOST PID DURATION EXIT\nlog_on_failure = HOST',
    },
  },
  checkTree: ({ tree, analysis, report }) => {
    if (tree.isPartial) return;
    const running = servicesInOrder(tree).flatMap(({ source, entry }) => {
      const fate = analysis.fateOf(entry, source);
      return fate.kind === 'runs' ? [{ source, entry, missing: missingFrom(fate.service) }] : [];
    });
    const silent = running.filter(({ missing }) => missing.length > 0);
    const [defaults] = defaultsInOrder(tree);
    // One report where one section could say it for all.
    if (defaults !== undefined && silent.length > 0 && silent.length === running.length) {
      const missing = [...new Set(silent.flatMap((each) => each.missing))];
      const fix = addLines(defaults);
      report({
        source: defaults.source,
        at: defaults.entry.keyword,
        ...lacking(missing),
        message: `no service logs who its clients are: ${list(missing)} ${missing.length === 1 ? 'is' : 'are'} missing, here and in the services`,
        ...(fix === undefined ? {} : { fix }),
      });
      return;
    }
    for (const { source, entry, missing } of silent) {
      report({
        source,
        at: entry.name ?? entry.keyword,
        ...lacking(missing),
        message: `${quote(entry.name?.text ?? '')} does not log who its clients are: ${list(missing)} ${missing.length === 1 ? 'is' : 'are'} missing`,
      });
    }
  },
});

/** Where the log itself is all that is missing, what is wrong with it is enough to say. */
function lacking(missing: readonly string[]): Pick<Finding, 'lacks'> {
  return missing.length === 1 && missing[0] === "'log_type'" ? { lacks: ['log_type'] } : {};
}

function missingFrom({ logType, logOnSuccess, logOnFailure, flags }: Service): string[] {
  if (flags.includes('SENSOR')) return [];
  return [
    ...(logType === null ? ["'log_type'"] : []),
    ...(logOnSuccess.includes('HOST') && logOnSuccess.includes('PID')
      ? []
      : ["HOST and PID in 'log_on_success'"]),
    ...(logOnFailure.includes('HOST') ? [] : ["HOST in 'log_on_failure'"]),
  ];
}

/** The lines of the NIST mapping, without those that the section has. */
function addLines({ entry, source }: PlacedEntry<BlockEntry>): ProposedFix | undefined {
  if (!hasOpen(entry)) return undefined;
  const lines = [
    ['log_type', '= SYSLOG authpriv'],
    ['log_on_success', '= HOST PID DURATION EXIT'],
    ['log_on_failure', '= HOST'],
  ].filter(([name]) => !entry.attributes.some(({ key }) => key === name));
  if (lines.length === 0) return undefined;
  return {
    description: 'Log to syslog who is served and who is refused',
    edits: [
      addedLines(
        source,
        entry,
        lines.map((words) => words.join(' ')),
      ),
    ],
  };
}
