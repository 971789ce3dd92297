import type { BlockEntry } from '../../../ast/nodes.ts';
import { removeLines } from '../../line.ts';
import { defaultsInOrder, type PlacedEntry } from '../../reading-order.ts';
import { defineRule, type ProposedFix } from '../../rule.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/duplicate-defaults',
    summary: 'More than one defaults section',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'tree',
    effect: 'ignores-line',
    fixable: 'unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'The check is per file. The second section of one file is skipped, with its `only_from`. Sections of different files are merged: lists add up, so that the `only_from` of a drop-in widens the access to every service read after it, and other attributes keep their first value.',
    references: ['parse_conf_file in parse.c'],
    examples: {
      bad: 'defaults\n{\n\tinstances = 10\n}\ndefaults\n{\n\tonly_from = 10.0.0.0/8\n}',
      good: 'defaults\n{\n\tinstances = 10\n\tonly_from = 10.0.0.0/8\n}',
    },
  },
  checkTree: ({ tree, report }) => {
    const sections = defaultsInOrder(tree);
    for (const [index, section] of sections.entries()) {
      const before = sections.slice(0, index);
      const first = before.find((each) => each.source === section.source) ?? before[0];
      if (first === undefined) continue;
      const isSameFile = first.source === section.source;
      const fix = isSameFile ? merge(section, first) : undefined;
      report({
        source: section.source,
        at: section.entry.keyword,
        message: isSameFile
          ? "a second 'defaults' in one file; write everything into the first"
          : "a second 'defaults', in another file than the first; write everything into one",
        consequence: isSameFile
          ? 'the daemon skips it, with all that it says'
          : 'the daemon merges them: lists add up, so access may widen, and other attributes keep their first value',
        related: [{ source: first.source, range: first.entry.keyword, message: 'the first one' }],
        ...(fix === undefined ? {} : { fix }),
      });
    }
  },
});

function merge(second: PlacedEntry<BlockEntry>, first: PlacedEntry<BlockEntry>): ProposedFix | undefined {
  const { source, entry } = second;
  const { close } = first.entry;
  if (close === null || entry.open === null || entry.close === null) return undefined;
  const body = source.text.slice(entry.open.end, entry.close.start).replace(/^[ \t]*\r?\n/, '');
  const start = source.lines.startOf(source.lineAt(close.start));
  return {
    description: "Merge it into the first 'defaults'",
    edits: [{ start, end: start, text: body }, removeLines(source, entry)],
  };
}
