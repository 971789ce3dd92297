import { rulesOf } from '../../../grammar/inetd/dialects.ts';
import { EntryValues } from '../../../grammar/inetd/entry-values.ts';
import type { Service } from '../../../model/service.ts';
import { addedLines, hasOpen } from '../../added-lines.ts';
import { decidingLines } from '../../deciding-line.ts';
import { defineRule, eachRunning, type Finding, type ProposedFix, type RuleContext } from '../../rule.ts';
import { rangeOf, type ServiceView } from '../../service-view.ts';
import { dialectOfTarget, type Target } from '../../target.ts';
import { nameServices, quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'security/unlimited-instances',
    summary: 'A service of which any number of servers may run',
    severity: 'warning',
    formats: ['xinetd', 'inetd'],
    scope: 'tree',
    effect: 'none',
    fixable: 'unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'The built-in limit is UNLIMITED: one client can start servers until the memory ends. An inetd limits the starts of a minute at best. Distributions set `instances` to 50 or 60, `cps` to 25 to 50 and `per_source` to 10.',
    references: ['DEFAULT_INSTANCE_LIMIT in xconfig.h'],
    examples: {
      bad: 'service web\n{\n\tinstances = UNLIMITED\n\tper_source = UNLIMITED\n\t...\n}',
      good: 'service web\n{\n\tinstances = 60\n\tper_source = 10\n\t...\n}',
    },
  },
  check: (context) =>
    eachRunning(context, (view, service) => {
      if (view.types.has('INTERNAL')) return;
      const finding =
        service === null ? withoutRate(view, context.target) : withoutLine(view, service, context);
      if (finding !== undefined) context.report(finding);
    }),
  checkTree: ({ tree, analysis, report }) => {
    if (tree.isPartial) return;
    for (const { source, entry, at, services } of decidingLines(analysis, 'instances')) {
      const unlimited = services.filter(
        (service) => isUnlimited(service) && !service.types.includes('INTERNAL'),
      );
      if (unlimited.length === 0) continue;
      const others = entry.kind === 'defaults' ? '' : ", here or in 'defaults'";
      report({
        source,
        at,
        message: `any number of servers of ${nameServices(unlimited.map(({ name }) => name))} may run; set 'instances' or 'per_source'${others}`,
        fix: { description: "Write 'instances = 60'", edits: [{ ...at, text: '60' }] },
      });
    }
  },
});

/** A server that the daemon waits for is one at a time. */
function isUnlimited({ wait, instances, perSource }: Service): boolean {
  return !wait && instances === null && perSource === null;
}

/** Of a service for which no line says how many; the main file may set a limit for a part of it. */
function withoutLine(
  view: ServiceView,
  service: Service,
  { tree }: Pick<RuleContext, 'tree'>,
): Finding | undefined {
  if (tree.isPartial || !isUnlimited(service) || service.origins.get('instances') !== undefined)
    return undefined;
  return {
    at: view.entry.name ?? view.entry,
    message: `any number of servers of ${quote(view.name)} may run; set 'instances' or 'per_source', here or in 'defaults'`,
    ...limit(view),
  };
}

/** An inetd has a limit of starts a minute at best, and one of its own where the line has none. */
function withoutRate(view: ServiceView, target: Target): Finding | undefined {
  const { entry, wait, socketType, types } = view;
  const { waitSuffix } = rulesOf(dialectOfTarget(target));
  // On some systems no line can have one.
  if (!['.1', ':1', '/1'].some((suffix) => waitSuffix.test(suffix))) return undefined;
  if (entry.syntax === 'block' || wait !== false || socketType !== 'stream') return undefined;
  const values = new EntryValues(entry);
  if (types.has('TCPMUX') || types.has('TCPMUXPLUS') || limits.some((key) => values.has(key)))
    return undefined;
  return {
    at: rangeOf(view, 'wait'),
    message: `nothing limits how often ${quote(view.name)} is started, but what the daemon sets for all; write a limit behind 'nowait'`,
    severity: 'info',
  };
}

const limits = ['max_per_minute', 'max_child', 'max_child_per_ip', 'accept_max'] as const;

/** A limit that distributions set; it may still be too few for the site. */
function limit({ entry, source }: ServiceView): { readonly fix?: ProposedFix } {
  if (entry.syntax !== 'block' || !hasOpen(entry)) return {};
  return {
    fix: {
      description: "Write 'instances = 60'",
      edits: [addedLines(source, entry, ['instances = 60'])],
    },
  };
}
