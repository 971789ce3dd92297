import type { BlockEntry } from '../../../ast/nodes.ts';
import { decidingLines } from '../../deciding-line.ts';
import type { Judgement } from '../../judgement.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { quote } from '../../wording.ts';
import { wordOf } from './entry-words.ts';

/** Less than this many bytes is a forgotten unit: no program starts with it. */
const smallestSize = 64 * 1024;
const fewestFiles = 8;
const sizes = ['as', 'data', 'stack', 'rss'] as const;
const highestLoad = 1000;

export const rule = defineRule({
  meta: {
    name: 'correctness/suspicious-limit',
    summary: 'A limit that nobody or nothing can keep',
    severity: 'warning',
    formats: ['xinetd'],
    scope: 'entry',
    effect: 'misreads',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: '`instances = 0` and `per_source = 0` refuse every client, without a log line unless `log_type` is set. `rlimit_as = 8` are eight bytes, with which every program fails to start without a word.',
    references: ['xinetd.conf(5)', 'parent_access_control in access.c'],
    examples: { bad: 'rlimit_as = 8', good: 'rlimit_as = 8M' },
  },
  check: ({ source, analysis, report }) => ({
    Entry: (entry) => {
      if (entry.syntax !== 'block') return;
      const judgement = analysis.judge(entry, source);
      for (const [name, finding] of findings(judgement, entry)) {
        const line = judgement.lines.find(
          ({ attribute, outcome }) => attribute.key === name && outcome === 'taken',
        );
        const value = line?.attribute.values[0];
        if (value !== undefined) report({ at: value, ...finding });
      }
    },
  }),
  checkTree: ({ analysis, report }) => {
    const inherited = decidingLines(analysis, 'instances').filter(({ entry }) => entry.kind === 'defaults');
    const givenBy = new Map(inherited.flatMap((line) => line.services.map((service) => [service, line])));
    for (const own of decidingLines(analysis, 'per_source')) {
      const [service] = own.services;
      const line = service === undefined ? undefined : givenBy.get(service);
      // A service may well want less than what `defaults` allow each client.
      if (own.entry.kind === 'defaults' || service === undefined || line === undefined) continue;
      const finding = neverReached(service.instances, service.perSource);
      if (finding === undefined) continue;
      const related = [{ source: line.source, range: line.at, message: 'inherited from here' }];
      report({ source: own.source, at: own.at, related, ...finding });
    }
  },
});

type Suspicion = Omit<Finding, 'at'>;

function* findings(
  { draft: { values } }: Judgement,
  entry: BlockEntry,
): Generator<[name: string, finding: Suspicion]> {
  const { instances, perSource, rlimits, maxLoad } = values;
  const refusesAll = { consequence: 'the daemon refuses every client' };
  if (instances === 0)
    yield [
      'instances',
      { message: "'instances = 0' lets nobody in; write 'disable = yes' to switch it off", ...refusesAll },
    ];
  if (perSource === 0)
    yield [
      'per_source',
      { message: "'per_source = 0' lets nobody in; write 'disable = yes' to switch it off", ...refusesAll },
    ];
  const tooMany = neverReached(instances, perSource);
  if (tooMany !== undefined) yield ['per_source', tooMany];
  for (const resource of sizes) {
    const limit = rlimits[resource];
    if (limit === undefined || limit === 'unlimited' || limit >= smallestSize) continue;
    const name = `rlimit_${resource}`;
    const text = wordOf(entry, name) ?? '';
    yield [
      name,
      {
        message: `'${name} = ${text}' ${/[km]$/i.test(text) ? 'is' : 'counts bytes, and is'} too small for any program; did you mean ${quote(`${text.replace(/[km]$/i, '')}M`)}?`,
        consequence: 'every server fails to start, without a word',
      },
    ];
  }
  // A limit of 0 is none for the daemon: its own value is kept.
  for (const resource of [...sizes, 'cpu', 'files'] as const) {
    const name = `rlimit_${resource}`;
    if (!/^[-+]?0+[kKmM]?$/.test(wordOf(entry, name) ?? '')) continue;
    yield [name, { message: `'${name} = 0' sets no limit`, consequence: 'the daemon takes it for not set' }];
  }
  if (typeof rlimits.files === 'number' && rlimits.files < fewestFiles) {
    yield [
      'rlimit_files',
      {
        message: `${rlimits.files} files are too few for any program`,
        consequence: 'servers fail when they open the next file',
      },
    ];
  }
  if (maxLoad !== null && maxLoad > highestLoad) {
    yield [
      'max_load',
      {
        message: `a load of ${maxLoad} is never reached`,
        effect: 'none',
        consequence: 'the limit does nothing',
      },
    ];
  }
}

function neverReached(
  instances: number | 'unlimited' | null,
  perSource: number | 'unlimited' | null,
): Suspicion | undefined {
  if (typeof instances !== 'number' || typeof perSource !== 'number') return undefined;
  if (instances === 0 || instances >= perSource) return undefined;
  return {
    message: `'per_source' of ${perSource} is never reached with 'instances' of ${instances}`,
    effect: 'none',
    consequence: "the limit of 'instances' counts first",
  };
}
