import type { BlockEntry } from '../../../ast/nodes.ts';
import { type PlacedEntry, servicesInOrder } from '../../reading-order.ts';
import { defineRule } from '../../rule.ts';
import { isSwitchedOff } from '../../service-view.ts';
import { quote } from '../../wording.ts';
import { idOf } from './entry-words.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/shadowed-entry',
    summary: 'A service that is switched off in one entry and runs by another',
    severity: 'info',
    formats: ['xinetd'],
    scope: 'tree',
    effect: 'none',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: 'Several entries of one id are legal as long as all but one are switched off, but readers and simple audit scripts take the one that is off for the truth.',
    references: ['check_entry in confparse.c: "Allow multiple configs, as long as all but one are disabled"'],
    examples: {
      bad: 'service web\n{\n\tdisable = yes\n\t...\n}\nservice web\n{\n\tdisable = no\n\t...\n}',
      good: 'service web\n{\n\tdisable = no\n\t...\n}',
    },
  },
  checkTree: ({ tree, report }) => {
    const running = new Map<string, PlacedEntry<BlockEntry>>();
    for (const placed of servicesInOrder(tree)) {
      if (!isSwitchedOff(placed.entry)) running.set(idOf(placed.entry).toLowerCase(), placed);
    }
    for (const { source, entry } of servicesInOrder(tree)) {
      const other = running.get(idOf(entry).toLowerCase());
      if (other === undefined || entry.name === null || !isSwitchedOff(entry)) continue;
      report({
        source,
        at: entry.name,
        message: `${quote(idOf(entry))} is switched off here, and runs by another entry`,
        related: [{ source: other.source, range: other.entry.name ?? other.entry, message: 'this one runs' }],
      });
    }
  },
});
