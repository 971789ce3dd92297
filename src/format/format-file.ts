import type { ParseResult } from '../grammar/result.ts';
import type { Range } from '../text/range.ts';
import { applyEdits, type TextEdit } from '../text/text-edit.ts';
import { formatInetd } from './format-inetd.ts';
import { formatXinetd } from './format-xinetd.ts';
import { isGapKept } from './kept-gap.ts';
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

/** One edit for each piece with the gap in front of it, and one for the end of the file; changed or not. */
function allEdits(result: ParseResult): readonly TextEdit[] {
  const { source, file } = result;
  const pieces = file.format === 'xinetd' ? formatXinetd(result) : formatInetd(result);
  const edits: TextEdit[] = [];
  let start = 0;
  for (let index = 0; index <= pieces.length; index += 1) {
    const piece = pieces[index];
    const end = piece?.end ?? source.text.length;
    const gap = gapBefore(result, pieces, index);
    edits.push({ start, end, text: gap + (piece?.text ?? '') });
    start = end;
  }
  return edits;
}

function gapBefore({ source, file }: ParseResult, pieces: readonly SourcePiece[], index: number): string {
  const previous = pieces[index - 1];
  const gap = source.text.slice(previous?.end ?? 0, pieces[index]?.start);
  if (isGapKept(gap, file.format, previous, pieces[index])) return gap;
  return blankLineAfter(previous?.text).repeat(blankLinesBefore(pieces, index, file.format));
}
