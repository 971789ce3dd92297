import type { BlockEntry } from '../../../ast/nodes.ts';
import type { Service } from '../../../model/service.ts';
import { addedLines, hasOpen } from '../../added-lines.ts';
import { defaultsInOrder, type PlacedEntry, servicesInOrder } from '../../reading-order.ts';
import { defineRule, type Finding, type ProposedFix } from '../../rule.ts';
import { list, quote } from '../../wording.ts';

/** What has to be logged of a client; any kind of log will do. */
const wanted = [
  { attribute: 'log_type', word: 'any' },
  { attribute: 'log_on_success', word: 'HOST' },
  { attribute: 'log_on_success', word: 'PID' },
  { attribute: 'log_on_failure', word: 'HOST' },
] as const;
type Wanted = (typeof wanted)[number];

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
      if (fate.kind !== 'runs') return [];
      return [{ source, entry, service: fate.service, missing: missingFrom(fate.service) }];
    });
    const silent = running.filter(({ missing }) => missing.length > 0);
    const [defaults] = defaultsInOrder(tree);
    // One report where one section could say it for all.
    if (defaults !== undefined && silent.length > 0 && silent.length === running.length) {
      const missing = wanted.filter((each) => silent.some((one) => one.missing.includes(each)));
      // What a section has says less than it should, and another line does not complete it.
      const isUnset = silent.every((one) =>
        one.missing.every(({ attribute }) => one.service.origins.get(attribute) === undefined),
      );
      const fix = isUnset ? addLines(defaults) : undefined;
      report({
        source: defaults.source,
        at: defaults.entry.keyword,
        ...lacking(missing),
        message: `no service logs enough about its clients: ${listMissing(missing)} missing, here and in the services`,
        ...(fix === undefined ? {} : { fix }),
      });
      return;
    }
    for (const { source, entry, missing } of silent) {
      report({
        source,
        at: entry.name ?? entry.keyword,
        ...lacking(missing),
        message: `${quote(entry.name?.text ?? '')} does not log enough about its clients: ${listMissing(missing)} missing`,
      });
    }
  },
});

/** Where the log itself is all that is missing, what is wrong with it is enough to say. */
function lacking(missing: readonly Wanted[]): Pick<Finding, 'lacks'> {
  return missing.every(({ attribute }) => attribute === 'log_type') ? { lacks: ['log_type'] } : {};
}

function missingFrom({ logType, logOnSuccess, logOnFailure, flags }: Service): readonly Wanted[] {
  if (flags.includes('SENSOR')) return [];
  const words: Readonly<Record<Wanted['attribute'], readonly string[]>> = {
    log_type: logType === null ? [] : ['any'],
    log_on_success: logOnSuccess,
    log_on_failure: logOnFailure,
  };
  return wanted.filter(({ attribute, word }) => !words[attribute].includes(word));
}

/** `HOST and PID in 'log_on_success' are`. */
function listMissing(missing: readonly Wanted[]): string {
  const names = [...new Set(missing.map(({ attribute }) => attribute))];
  const parts = names.map((name) => {
    const words = missing.filter(({ attribute }) => attribute === name).map(({ word }) => word);
    return name === 'log_type' ? quote(name) : `${list(words)} in ${quote(name)}`;
  });
  return `${list(parts)} ${missing.length === 1 ? 'is' : 'are'}`;
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
