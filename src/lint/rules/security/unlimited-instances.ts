import { defineRule, eachRunning } from '../../rule.ts';
import { attributeOf, rangeOf } from '../../service-view.ts';
import { quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'security/unlimited-instances',
    summary: 'A service of which any number of servers may run',
    severity: 'warning',
    formats: ['xinetd', 'inetd'],
    scope: 'tree',
    effect: 'none',
    fixable: 'no',
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
      if (view.types.has('INTERNAL')) return;
      if (service === null) {
        if (
          view.wait !== false ||
          attributeOf(view, 'max_per_minute') !== undefined ||
          attributeOf(view, 'max_child') !== undefined
        )
          return;
        context.report({
          at: rangeOf(view, 'wait'),
          message: `nothing but the daemon's own rate limits how many servers of ${quote(view.name)} run`,
          severity: 'info',
        });
        return;
      }
      // A server that the daemon waits for is one at a time; the main file may set a limit for a part of it.
      if (context.tree.isPartial || service.wait || service.instances !== null || service.perSource !== null)
        return;
      const line = attributeOf(view, 'instances');
      context.report({
        at: line === undefined ? (view.entry.name ?? view.entry) : rangeOf(view, 'instances'),
        message: `any number of servers of ${quote(view.name)} may run; set 'instances' or 'per_source', here or in 'defaults'`,
      });
    }),
});
