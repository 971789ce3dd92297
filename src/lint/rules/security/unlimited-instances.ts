import { defineRule, eachRunning, type ProposedFix } from '../../rule.ts';
import { attributeOf, rangeOf, type ServiceView } from '../../service-view.ts';
import { quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'security/unlimited-instances',
    summary: 'A service of which any number of servers may run',
    severity: 'warning',
    formats: ['xinetd'],
    scope: 'tree',
    effect: 'none',
    fixable: 'unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'The built-in limit is UNLIMITED: one client can start servers until the memory ends. Distributions set `instances` to 50 or 60, `cps` to 25 to 50 and `per_source` to 10.',
    references: ['DEFAULT_INSTANCE_LIMIT in xconfig.h'],
    examples: {
      bad: 'service web\n{\n\tinstances = UNLIMITED\n\tper_source = UNLIMITED\n\t...\n}',
      good: 'service web\n{\n\tinstances = 60\n\tper_source = 10\n\t...\n}',
    },
  },
  check: (context) =>
    eachRunning(context, (view, service) => {
      if (view.types.has('INTERNAL') || service === null) return;
      // A server that the daemon waits for is one at a time; the main file may set a limit for a part of it.
      if (context.tree.isPartial || service.wait || service.instances !== null || service.perSource !== null)
        return;
      const line = attributeOf(view, 'instances');
      context.report({
        at: line === undefined ? (view.entry.name ?? view.entry) : rangeOf(view, 'instances'),
        message: `any number of servers of ${quote(view.name)} may run; set 'instances' or 'per_source', here or in 'defaults'`,
        ...limit(view),
      });
    }),
});

/** A limit that distributions set; it may still be too few for the site. */
function limit(view: ServiceView): { readonly fix?: ProposedFix } {
  const { entry } = view;
  const value = attributeOf(view, 'instances')?.values[0];
  if (entry.syntax !== 'block' || entry.open === null) return {};
  const at = entry.open.start + 1;
  const edit =
    value === undefined
      ? { start: at, end: at, text: '\n\tinstances = 60' }
      : { start: value.start, end: value.end, text: '60' };
  return { fix: { description: "Write 'instances = 60'", edits: [edit] } };
}
