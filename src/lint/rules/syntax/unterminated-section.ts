import type { BlockEntry, File, TopLevel } from '../../../ast/nodes.ts';
import type { RelatedLocation } from '../../../diagnostics/diagnostic.ts';
import type { SourceText } from '../../../text/source-text.ts';
import { defineRule } from '../../rule.ts';
import { quote } from '../../wording.ts';
import { braceInValue, isBraceWord, isSectionKeyword } from './line-shape.ts';

export const rule = defineRule({
  meta: {
    name: 'syntax/unterminated-section',
    summary: "An entry that no line with only '}' ends",
    severity: 'error',
    formats: ['xinetd'],
    scope: 'file',
    effect: 'drops-service',
    fixable: 'unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'With a missing `}` the open entry and the one behind it are both dropped, the third works, and the log only says `Bad operator for attribute: service`. At the end of the file it says `incomplete entry`.',
    references: ['parse_entry in parse.c; skip_entry in parsesup.c'],
    examples: {
      bad: 'service a\n{\n\t...\n\nservice b\n{\n\t...\n}',
      good: 'service a\n{\n\t...\n}\n\nservice b\n{\n\t...\n}',
    },
  },
  check: ({ source, file, report }) => ({
    Entry: (entry) => {
      if (entry.syntax !== 'block' || entry.open === null || entry.close !== null) return;
      if (hasMisplacedBrace(entry)) return;
      const next = sectionBehind(file, entry);
      const inside = sectionInside(entry, source);
      const end = inside?.range.start ?? lastContent(entry);
      const title = entry.kind === 'defaults' ? 'defaults' : `service ${entry.name?.text ?? ''}`;
      report({
        at: entry.name ?? entry.keyword,
        message: `no line with only '}' ends ${quote(title)}`,
        ...(entry.kind === 'defaults'
          ? { consequence: 'the daemon keeps what it has read of them up to there' }
          : {}),
        related: inside !== undefined ? [inside] : next === undefined ? [] : [lost(source, next)],
        fix: {
          description: "Insert '}'",
          edits: [{ start: end, end, text: inside === undefined ? '\n}' : '}\n' }],
        },
      });
    },
  }),
});

/** `wait = no }`, `wait = no}` or `}}`: the brace is there, and brace-placement says what is wrong with it. */
function hasMisplacedBrace(entry: BlockEntry): boolean {
  return entry.body.some((node) => {
    if (node.type === 'Unknown') return isBraceWord(node.words[0]?.text ?? '');
    return node.type === 'Attribute' && braceInValue(node) !== undefined;
  });
}

/** A section or directive that was read as a line of the entry: the brace is missing in front of it. */
function sectionInside(entry: BlockEntry, source: SourceText): RelatedLocation | undefined {
  for (const node of entry.body) {
    const isSection =
      node.type === 'Directive' || (node.type === 'Unknown' && isSectionKeyword(node.words[0]?.text ?? ''));
    if (isSection) return { source, range: node, message: "a '}' is missing before this line" };
  }
  return undefined;
}

function sectionBehind(file: File, entry: BlockEntry): TopLevel | undefined {
  return file.children
    .slice(file.children.indexOf(entry) + 1)
    .find((node) => node.type === 'Entry' || node.type === 'Directive');
}

function lost(source: SourceText, node: TopLevel): RelatedLocation {
  const range = node.type === 'Entry' && node.syntax === 'block' ? (node.name ?? node.keyword) : node;
  return { source, range, message: 'lost with it' };
}

/** Comments in front of the next header belong to that: the brace goes behind the last line of the entry itself. */
function lastContent(entry: BlockEntry): number {
  const last = entry.body.findLast((node) => node.type !== 'Blank' && node.type !== 'Comment');
  return last?.end ?? entry.open?.end ?? entry.end;
}
