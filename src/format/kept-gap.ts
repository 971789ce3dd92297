import type { Format } from '../ast/nodes.ts';
import type { SourcePiece } from './source-piece.ts';

/**
 * Whether the blank lines between two pieces, or at an end of the file, stay as they are because what the lines behind
 * them mean hangs on them.
 */
export function isGapKept(
  gap: string,
  format: Format,
  previous: SourcePiece | undefined,
  next: SourcePiece | undefined,
): boolean {
  // Moved to the start of the file the character would be a byte order mark.
  if (previous === undefined && /^(?:\uFEFF|\xEF\xBB\xBF)/.test(next?.text ?? '')) return true;
  if (format === 'inetd') return isGapRead(gap, previous, next);
  return previous?.isFaulty === true;
}

/**
 * In inetd.conf an indented line goes on with an entry above lines of blanks, but not above an empty one; a backslash
 * takes in the very next line, empty or not; and a lone CR is a word. Which of it holds depends on the dialect.
 */
function isGapRead(gap: string, previous: SourcePiece | undefined, next: SourcePiece | undefined): boolean {
  return gap.includes('\r') || /^[ \t]/.test(next?.text ?? '') || /\\\r?\n$/.test(previous?.text ?? '');
}
