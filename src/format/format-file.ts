import type { Problem } from '../ast/nodes.ts';
import type { ParseResult } from '../grammar/result.ts';
import type { Range } from '../text/range.ts';
import { applyEdits, type TextEdit } from '../text/text-edit.ts';
import { formatInetd } from './format-inetd.ts';
import { formatXinetd } from './format-xinetd.ts';
import { isGapKept } from './kept-gap.ts';
import { type KeptNodes, keptNodes } from './kept-nodes.ts';
import { hasOverlongLine } from './line-limit.ts';
import { blankLinesBefore } from './piece.ts';
import { blankLineAfter } from './print-entry.ts';
import type { SourcePiece } from './source-piece.ts';

/** What formatting a file changes, and what it could not touch. */
export interface Formatting {
  readonly edits: readonly TextEdit[];
  /** The errors because of which parts of the text stay as they are. */
  readonly faults: readonly Problem[];
}

/** The whole text of a file, formatted. What is faulty, or stands below `# xcfg-ignore`, is left as it is. */
export function formatFile(result: ParseResult): string {
  return applyEdits(result.source.text, formatParsed(result).edits);
}

/**
 * The edits that format a file, or for editors only what a range touches: whole entries, directives and comments, each
 * with the blank lines in front of it.
 */
export function formatParsed(result: ParseResult, range: Range = result.file): Formatting {
  const { source, file } = result;
  const kept = keptNodes(file);
  const edits = allEdits(result, kept).filter((edit) => edit.text !== source.slice(edit));
  const isCut =
    file.format === 'xinetd' && [source, ...edits].some(({ text }) => hasOverlongLine(text, source));
  return {
    edits: isCut ? [] : edits.filter((edit) => edit.start <= range.end && edit.end >= range.start),
    faults: kept.faults,
  };
}

/** One edit for each piece with the gap in front of it, and one for the end of the file; changed or not. */
function allEdits(result: ParseResult, kept: KeptNodes): readonly TextEdit[] {
  const { source, file } = result;
  const pieces = file.format === 'xinetd' ? formatXinetd(result, kept) : formatInetd(result, kept);
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
