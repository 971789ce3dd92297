import type { SourceText } from '../../../text/source-text.ts';
import type { TextEdit } from '../../../text/text-edit.ts';
import { lineRange } from '../../line.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { quote } from '../../wording.ts';
import { leadingMark } from './leading-mark.ts';
import { findCutLine } from './line-limit.ts';

export const rule = defineRule({
  meta: {
    name: 'syntax/invisible-characters',
    summary:
      'Characters that look like a blank, a quote or a dash and are none, control bytes, and lines too long to be read whole',
    severity: 'error',
    formats: ['xinetd', 'inetd'],
    scope: 'line',
    effect: 'varies',
    fixable: 'unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'A no-break space before `=` glues to the name and drops the entry; an en dash from a copied tutorial hands the program a word that it does not know. The daemon sees nothing behind a NUL byte, and silently cuts a line that is too long, so that the rest is read as a line of its own.',
    references: ['xinetd.conf(5), note 3', 'next_line in parsesup.c'],
    examples: { bad: 'server_args = \u2013daemon', good: 'server_args = --daemon' },
    explains: [
      'syntax/missing-operator',
      'syntax/missing-space-before-operator',
      'syntax/unknown-attribute',
      'syntax/unknown-directive',
      'syntax/bad-operator',
      'syntax/quoted-value',
      'syntax/shell-syntax',
      'syntax/inetd-bad-field',
      'syntax/inetd-field-count',
      'correctness/*',
    ],
  },
  check: ({ source, report }) => ({
    File: (file) => {
      const mark = leadingMark(source.text);
      if (mark !== undefined && mark.encoding !== 'UTF-8') return;
      reportCharacters(source, mark?.length ?? 0, report);
      const cut = file.format === 'xinetd' ? findCutLine(source) : undefined;
      if (cut !== undefined) {
        report({
          at: cut,
          message: 'this line is longer than the daemon reads at once; 8191 bytes are safe',
          effect: 'misreads',
          consequence: 'the daemon cuts the line, loses a byte of it and reads the rest as a line of its own',
        });
      }
    },
  }),
});

interface OddCharacter {
  readonly name: string;
  readonly replacement: string;
}

const named: ReadonlyMap<string, OddCharacter> = new Map([
  ['\0', { name: 'a NUL byte', replacement: '' }],
  ['\u00a0', { name: 'a no-break space', replacement: ' ' }],
  ['\u200b', { name: 'a zero width space', replacement: '' }],
  ['\u200c', { name: 'a zero width non-joiner', replacement: '' }],
  ['\u200d', { name: 'a zero width joiner', replacement: '' }],
  ['\u2060', { name: 'a word joiner', replacement: '' }],
  ['\ufeff', { name: 'a byte order mark', replacement: '' }],
  ['\u2018', { name: 'a typographic quote', replacement: "'" }],
  ['\u2019', { name: 'a typographic quote', replacement: "'" }],
  ['\u201c', { name: 'a typographic quote', replacement: '"' }],
  ['\u201d', { name: 'a typographic quote', replacement: '"' }],
]);

const dashes = /[\u2010-\u2015\u2212]/;
const spaces = /[\u1680\u2000-\u200a\u202f\u205f\u3000]/;
const marks = /[\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const suspicious =
  /[\x00-\x08\v\f\x0e-\x1f\x7f-\xa0\u1680\u2000-\u2015\u2018\u2019\u201c\u201d\u2028-\u202f\u205f\u2060\u2066-\u2069\u2212\u3000\ufeff]|\r(?!\n)/g;

function reportCharacters(source: SourceText, from: number, report: (finding: Finding) => void): void {
  const { text } = source;
  let reportedUpTo = from;
  for (const match of text.matchAll(suspicious)) {
    if (match.index < reportedUpTo) continue;
    const line = lineRange(source, match.index);
    const judged = text.slice(line.start, endOfJudged(text.slice(line.start, line.end)) + line.start);
    reportedUpTo = line.end;
    const offset = match.index - line.start;
    if (offset >= judged.length || isLeadingSpace(judged, offset)) continue;
    report(describe(line.start, judged, offset));
  }
}

/** Comments may hold what they like; one behind a value is the matter of another rule. */
function endOfJudged(line: string): number {
  const comment = /(?:^|[ \t])#/.exec(line);
  return comment === null ? line.length : comment.index;
}

/** VT and FF in front of the first word are white space for the daemon, though not in front of a section. */
function isLeadingSpace(line: string, offset: number): boolean {
  if (!/^[ \t\v\f\r]*$/.test(line.slice(0, offset + 1))) return false;
  return !/^\s*(?:service|defaults|include|includedir)(?:\s|$)/i.test(line.slice(offset));
}

function describe(lineStart: number, line: string, offset: number): Finding {
  const edits: TextEdit[] = [];
  for (const match of line.matchAll(suspicious)) {
    const start = lineStart + match.index;
    edits.push({ start, end: start + 1, text: facts(match[0], line, match.index).replacement });
  }
  const character = line[offset] ?? '';
  const { name } = facts(character, line, offset);
  const others = edits.length - 1;
  return {
    at: { start: lineStart + offset, end: lineStart + offset + 1 },
    message: `${name} (${codePoint(character)}) in ${quote(wordAround(line, offset))}${others > 0 ? `, and ${others} more on this line` : ''}`,
    ...(character === '\0'
      ? { effect: 'misreads', consequence: 'the daemon does not see what stands behind it on the line' }
      : { effect: 'misreads', consequence: 'it is a part of the word for the daemon' }),
    fix: { description: 'Replace by what was meant', edits },
  };
}

function facts(character: string, line: string, offset: number): OddCharacter {
  const known = named.get(character);
  if (known !== undefined) return known;
  // A typographic program makes one dash of the two in front of a long option.
  if (dashes.test(character)) {
    const isShortOption = /^[A-Za-z0-9](?:[ \t]|$)/.test(line.slice(offset + 1));
    const startsWord = offset === 0 || /[ \t=]/.test(line[offset - 1] ?? '');
    return { name: 'a typographic dash', replacement: startsWord && !isShortOption ? '--' : '-' };
  }
  if (spaces.test(character)) return { name: 'a Unicode space', replacement: ' ' };
  if (marks.test(character)) return { name: 'an invisible mark', replacement: '' };
  return { name: 'a control byte', replacement: '' };
}

function codePoint(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function wordAround(line: string, offset: number): string {
  const before = /[^ \t]*$/.exec(line.slice(0, offset))?.[0] ?? '';
  const behind = /^[^ \t]*/.exec(line.slice(offset))?.[0] ?? '';
  return before + behind;
}
