import type { Attribute } from '../../../ast/nodes.ts';
import { catalogued } from '../../line.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/list-overwritten',
    summary: 'A list of a service that a later `=` empties before it adds',
    severity: 'warning',
    formats: ['xinetd'],
    scope: 'entry',
    effect: 'misreads',
    fixable: 'safe or unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'In a service the last `=` wins: two `no_access =` lines keep only the last, so the address of the first gets in; two `only_from =` lines lock the first one out. In `defaults` the same text adds up, so lines copied from there to a service change their meaning.',
    references: ['parse_value_list in parsers.c', 'xinetd.conf(5): "cumulative effect"'],
    examples: {
      bad: 'no_access = 192.0.2.1\nno_access = 192.0.2.2',
      good: 'no_access = 192.0.2.1\nno_access += 192.0.2.2',
    },
  },
  check: ({ source, report }) => ({
    Entry: (entry) => {
      if (entry.syntax !== 'block' || entry.kind !== 'service') return;
      const seen = new Map<string, Attribute>();
      for (const attribute of entry.attributes) {
        const known = catalogued(attribute, entry);
        if (known?.service?.repeatable !== true) continue;
        const before = seen.get(known.name);
        const { operator } = attribute;
        seen.set(known.name, attribute);
        if (before === undefined || operator?.operator !== 'set') continue;
        const related = [{ source, range: before, message: 'forgotten' }];
        if (attribute.values.length === 0) {
          report({
            at: operator,
            message: `this line empties '${known.name}', which held something before; remove the one that is not meant`,
            consequence: `the daemon forgets what '${known.name}' held`,
            related,
          });
          continue;
        }
        report({
          at: operator,
          message: `this '=' forgets what '${known.name}' held before; write '+=' to add`,
          consequence: `the daemon keeps only what this line says of '${known.name}'`,
          related,
          fix: {
            description: "Write '+='",
            edits: [{ start: operator.start, end: operator.end, text: '+=' }],
          },
        });
      }
    },
  }),
});
