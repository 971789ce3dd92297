import type { ParseResult } from '../grammar/result.ts';
import type { Range } from '../text/range.ts';
import { applyEdits, type TextEdit } from '../text/text-edit.ts';
import { formatInetd } from './format-inetd.ts';
import { formatXinetd } from './format-xinetd.ts';
import { hasOverlongLine } from './line-limit.ts';
import { blankLinesBefore } from './piece.ts';
import { blankLineAfter } from './print-entry.ts';
import type { SourcePiece } from './source-piece.ts';

/** The whole text of a file, formatted. What is faulty, or stands below `# xcfg-ignore`, is left as it is. */
export function formatFile(result: ParseResult): string {
  return applyEdits(result.source.text, formatEdits(result));
}

/**
 * The edits that format a file, or for editors only what a range touches: whole entries, directives and comments, each
 * with the blank lines in front of it.
 */
export function formatEdits(result: ParseResult, range: Range = result.file): readonly TextEdit[] {
  const { source, file } = result;
  const edits = allEdits(result).filter((edit) => edit.text !== source.slice(edit));
  if (file.format === 'xinetd' && edits.length > 0) {
    if ([source, ...edits].some(({ text }) => hasOverlongLine(text, source))) return [];
  }
  return edits.filter((edit) => edit.start <= range.end && edit.end >= range.start);
}

/** One edit for each piece, next to each other, changed or not. */
function allEdits(result: ParseResult): readonly TextEdit[] {
  const { source, file } = result;
  const pieces = file.format === 'xinetd' ? formatXinetd(result) : formatInetd(result);
  const edits: TextEdit[] = [];
  let start = 0;
  for (const [index, piece] of pieces.entries()) {
    const { end } = piece;
    edits.push({ start, end, text: gapBefore(result, pieces, index) + piece.text });
    start = end;
  }
  const { length } = source.text;
  return start < length ? [...edits, { start, end: length, text: '' }] : edits;
}

function gapBefore({ source, file }: ParseResult, pieces: readonly SourcePiece[], index: number): string {
  const piece = pieces[index];
  const previous = pieces[index - 1];
  if (piece === undefined || previous === undefined) return '';
  // Whether the lines between two pieces that are not understood mean anything is not known either.
  const isUnknown = piece.kind === 'unknown' && previous.kind === 'unknown';
  if (isUnknown || (file.format === 'inetd' && mayHangTogether(previous, piece))) {
    return source.text.slice(previous.end, piece.start);
  }
  return blankLineAfter(previous.text).repeat(blankLinesBefore(pieces, index, file.format));
}

/**
 * Whether blank lines between two pieces of inetd.conf part what some dialect reads as one: an indented line goes on with
 * an entry above lines of blanks, but not above an empty one, and a backslash takes in the very next line, empty or not.
 */
function mayHangTogether(previous: SourcePiece, piece: SourcePiece): boolean {
  return /^[ \t]/.test(piece.text) || /\\\r?\n$/.test(previous.text);
}
