import type { RelatedLocation } from '../../../diagnostics/diagnostic.ts';
import type { Range } from '../../../text/range.ts';
import type { SourceText } from '../../../text/source-text.ts';
import { lineRange } from '../../line.ts';

/** Lines that version control leaves in a file whose versions it could not merge. */
const mark = /^(?:<{7}|\|{7}|={7}|>{7})(?:[ \t].*)?\r?$/;

/** The marks of a conflict are one fault: the first of them stands for all. */
export interface ConflictMark {
  readonly message: string;
  readonly related: readonly RelatedLocation[];
}

/** Undefined for a line that is no mark; null for one that belongs to a mark above it. */
export function conflictMark(source: SourceText, offset: number): ConflictMark | null | undefined {
  const { text } = source;
  const line = lineRange(source, offset);
  const written = text.slice(line.start, line.end);
  if (!mark.test(written)) return undefined;
  if (written[0] !== '<' && isInside(text, line.start)) return null;
  return {
    message: `'${written.slice(0, 7)}' is a mark of a merge conflict; resolve the conflict`,
    related: written[0] === '<' ? marksBehind(source, line) : [],
  };
}

function isInside(text: string, start: number): boolean {
  const before = `\n${text.slice(0, start)}`;
  return before.lastIndexOf('\n<<<<<<<') > before.lastIndexOf('\n>>>>>>>');
}

function marksBehind(source: SourceText, from: Range): readonly RelatedLocation[] {
  const related: RelatedLocation[] = [];
  for (let start = from.end + 1; start < source.text.length; ) {
    const line = lineRange(source, start);
    const written = source.text.slice(line.start, line.end);
    if (written.startsWith('<<<<<<<')) break;
    if (mark.test(written)) related.push({ source, range: line, message: 'the conflict goes on here' });
    if (written.startsWith('>>>>>>>')) break;
    start = line.end + 1;
  }
  return related;
}
