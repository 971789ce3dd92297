import type { File, TopLevel, Unknown } from '../../../ast/nodes.ts';
import { findAttribute } from '../../../catalog/catalogue.ts';
import type { RelatedLocation } from '../../../diagnostics/diagnostic.ts';
import { closestWord } from '../../../text/closest-word.ts';
import type { SourceText } from '../../../text/source-text.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { didYouMean, nameServices, quote } from '../../wording.ts';
import { conflictMark } from './conflict-marks.ts';
import { isBraceWord, isSectionKeyword } from './line-shape.ts';

const sectionWords = ['service', 'defaults', 'include', 'includedir'];

export const rule = defineRule({
  meta: {
    name: 'syntax/unknown-directive',
    summary: 'A line outside of entries that begins no section',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'file',
    effect: 'drops-next-section',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: 'Whatever is not `service`, `defaults`, `include` or `includedir` makes the daemon throw away everything up to the next line that is only `}`: one stray word deletes the section behind it. When that is `defaults`, all services start without its access lists.',
    references: ['find_next_entry and skip_entry in parsesup.c'],
    examples: {
      bad: '# my services\nservices below:\nservice web\n{\n\t...\n}',
      good: '# my services\n# services below:\nservice web\n{\n\t...\n}',
    },
  },
  check: ({ source, report }) => ({
    File: (file) => {
      for (const run of strayRuns(file)) {
        const { first, lost, isCommentedHeader } = run;
        const word = first.words[0];
        const conflict = conflictMark(source, first.start);
        if (word === undefined || isOtherMatter(word.text) || conflict === null) continue;
        report({
          at: isBraceWord(word.text) ? word : first,
          message: isCommentedHeader
            ? 'the header of this block is commented out, but its lines are not; comment them out too'
            : (conflict?.message ?? describe(word.text)),
          ...(isCommentedHeader
            ? {
                severity: 'warning',
                consequence: 'the daemon drops the block with a message for its first line',
              }
            : lostServices(lost)),
          related: [...(conflict?.related ?? []), ...lost.map((node) => lostSection(source, node))],
        });
      }
    },
  }),
});

interface StrayRun {
  readonly first: Unknown;
  /** Sections that the daemon skips because of it. */
  readonly lost: readonly TopLevel[];
  readonly isCommentedHeader: boolean;
}

/**
 * Stray lines that belong together: from the first one the daemon skips to the next line that is only `}`, so what
 * stands before it needs no finding of its own.
 */
function strayRuns(file: File): StrayRun[] {
  const runs: StrayRun[] = [];
  let lost: TopLevel[] | undefined;
  let previous: TopLevel | undefined;
  for (const node of file.children) {
    if (node.type === 'Unknown') {
      const isFirst = lost === undefined;
      if (lost === undefined) {
        // Behind `} service b` the brace of b stands alone; what is wrong is that line.
        if (isGluedHeader(previous)) continue;
        lost = [];
        runs.push({ first: node, lost, isCommentedHeader: isCommentedHeader(previous, node) });
      }
      // Where the skipping begins with one, it goes on to the next.
      if (!isFirst && isLoneBrace(node)) lost = undefined;
    } else if (lost !== undefined && (node.type === 'Entry' || node.type === 'Directive')) {
      lost.push(node);
      const isClosed = node.type === 'Entry' && node.syntax === 'block' && node.close?.extra.length === 0;
      if (isClosed) lost = undefined;
    }
    if (node.type !== 'Blank') previous = node;
  }
  return runs;
}

function isLoneBrace(node: Unknown): boolean {
  return node.words.length === 1 && node.words[0]?.text === '}';
}

function isGluedHeader(before: TopLevel | undefined): boolean {
  return (
    before?.type === 'Entry' &&
    before.syntax === 'block' &&
    isSectionKeyword(before.close?.extra[0]?.text ?? '')
  );
}

function isCommentedHeader(before: TopLevel | undefined, node: Unknown): boolean {
  if (before?.type !== 'Comment' || node.words[0]?.text !== '{') return false;
  return /^#+[ \t]*(?:service[ \t]+\S|defaults\b)/i.test(before.text);
}

/** A byte order mark and a NUL byte have rules of their own. */
function isOtherMatter(text: string): boolean {
  return /^(?:\uFEFF|\xEF\xBB\xBF|\xFF\xFE|\xFE\xFF|\0)/.test(text);
}

function describe(text: string): string {
  if (isBraceWord(text)) return `${quote(text)} closes or opens nothing here`;
  if (/^\[.+\]$/.test(text))
    return `${quote(text)} is a header of another format; sections begin with 'service NAME'`;
  if (/^(?:\/\/|;|\/\*|--)/.test(text)) return `${quote(text)} begins no comment; comments begin with '#'`;
  if (findAttribute(text) !== undefined) return `${quote(text)} stands outside of any section`;
  const meant = closestWord(text.toLowerCase(), sectionWords);
  return `${quote(text)} begins no section${didYouMean(meant)}`;
}

/** Which services the skipping costs. */
function lostServices(lost: readonly TopLevel[]): Pick<Finding, 'consequence'> {
  const names = lost.flatMap((node) =>
    node.type === 'Entry' && node.kind === 'service' ? [node.name?.text ?? ''] : [],
  );
  if (names.length === 0) return {};
  return {
    consequence: `the daemon skips everything up to the next line that is only '}', and drops ${nameServices(names)} with it`,
  };
}

function lostSection(source: SourceText, node: TopLevel): RelatedLocation {
  const range = node.type === 'Entry' && node.syntax === 'block' ? (node.name ?? node.keyword) : node;
  return { source, range, message: 'skipped because of it' };
}
