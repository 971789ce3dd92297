import type { Comment, Problem, Word } from '../../ast/nodes.ts';
import type { Range } from '../../text/range.ts';
import type { DialectRules } from './dialects.ts';
import type { LineLayout } from './line-entry.ts';
import { physicalLines, withoutLineEnd, wordsPart } from './lines.ts';
import { problem } from './problems.ts';
import { isSocketTypeWord } from './socket-type.ts';
import { startsAsWaitWord } from './wait-word.ts';
import { cutWords, nothingCut } from './words.ts';

/** A stretch of an entry: a line, or several that backslashes join; a comment line between them. */
export interface Stretch extends Range {
  readonly kind: 'words' | 'indented-words' | 'comment';
}

/** How the lines of one entry hang together. */
export function layOut(text: string, rules: DialectRules, stretches: readonly Stretch[]): LineLayout {
  const layout: Layout = { lines: [], between: [], problems: [] };
  for (const stretch of stretches) {
    if (stretch.kind === 'comment') layout.between.push(commentOf(text, stretch));
    else layOutWords(text, rules, stretch, layout);
  }
  return layout;
}

interface Layout extends LineLayout {
  readonly lines: Range[];
  readonly between: (Comment | Word)[];
  readonly problems: Problem[];
}

function layOutWords(text: string, rules: DialectRules, stretch: Stretch, into: Layout): void {
  for (const line of physicalLines(text, stretch)) {
    const part = wordsPart(text, line, rules);
    if (stretch.kind === 'indented-words' && line.start === stretch.start && rules.indent === 'continues') {
      const fault = indentProblem(text, rules, part, into.lines.length === 0);
      if (fault !== null) into.problems.push(fault);
    }
    const nul = nulIn(text, part);
    let { end } = part;
    if (nul !== null) {
      end = nul.start;
      into.between.push(nul);
      into.problems.push(problem('nul-byte', nul, 'the daemons do not see what follows a NUL byte'));
    } else if (line.end < stretch.end) {
      // All lines of a stretch but the last one end in a backslash.
      end -= 1;
      const joint: Word = { type: 'Word', start: end, end: end + 1, text: '\\' };
      into.between.push(joint);
      if (rules.dialect === 'auto')
        into.problems.push(problem('backslash-continuation', joint, joinsElsewhere));
    }
    if (end > part.start) into.lines.push({ start: part.start, end });
  }
}

const joinsElsewhere = 'only HP-UX and busybox join lines at a backslash; for the others it is an argument';

/** An indented comment without the blanks in front of it. */
export function commentOf(text: string, line: Range): Comment {
  const start = text.indexOf('#', line.start);
  const { end } = withoutLineEnd(text, line);
  return { type: 'Comment', start, end, text: text.slice(start, end) };
}

/** The text from a NUL byte on, if the line has one. */
export function nulIn(text: string, line: Range): Word | null {
  const value = text.slice(line.start, line.end);
  const at = value.indexOf('\0');
  return at === -1 ? null : { type: 'Word', start: line.start + at, end: line.end, text: value.slice(at) };
}

/** What the writer of an indented line may have meant otherwise. */
function indentProblem(text: string, rules: DialectRules, line: Range, isFirst: boolean): Problem | null {
  if (isFirst) {
    const message = 'below another entry this line would continue that, for the BSD daemons';
    return problem('leading-blanks', line, message);
  }
  if (rules.dialect !== 'auto') return null;
  const cut = nothingCut();
  cutWords(text, line, rules, cut);
  const looksLikeEntry =
    isSocketTypeWord(cut.words[1]?.text ?? '') && startsAsWaitWord(cut.words[3]?.text ?? '');
  if (!looksLikeEntry) return null;
  return problem('ambiguous-indent', line, 'this line looks like an entry, but it continues the one above');
}
