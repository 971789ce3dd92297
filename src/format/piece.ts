import type { Format, TopLevel } from '../ast/nodes.ts';

export type PieceKind = 'entry' | 'directive' | 'comment' | 'unknown';

/** A top-level node printed, with its line end, and how far from its neighbour it stood. */
export interface Piece {
  readonly kind: PieceKind;
  readonly blankLinesBefore: number;
  readonly text: string;
}

export function pieceKind(node: Exclude<TopLevel, { readonly type: 'Blank' }>): PieceKind {
  switch (node.type) {
    case 'Entry':
      return 'entry';
    case 'Directive':
      return 'directive';
    case 'Comment':
      return 'comment';
    case 'Unknown':
      return 'unknown';
  }
}

/**
 * How many blank lines stand between a piece and the one before it: at most one, and in xinetd.conf exactly one in front
 * of an entry. Comments that touch what follows them belong to it.
 */
export function blankLinesBefore(pieces: readonly Piece[], index: number, format: Format): number {
  const piece = pieces[index];
  const previous = pieces[index - 1];
  if (piece === undefined || previous === undefined) return 0;
  if (piece.blankLinesBefore > 0) return 1;
  return format === 'xinetd' && needsBlankLine(previous.kind, ledTo(pieces, index)) ? 1 : 0;
}

function needsBlankLine(previous: PieceKind, next: PieceKind | null): boolean {
  if (previous === 'entry') return next === 'entry' || next === 'directive';
  return previous === 'directive' && next === 'entry';
}

/** What a run of comments stands in front of without a gap. */
function ledTo(pieces: readonly Piece[], start: number): PieceKind | null {
  let at = start;
  while (pieces[at]?.kind === 'comment') {
    at += 1;
    if ((pieces[at]?.blankLinesBefore ?? 0) > 0) return null;
  }
  return pieces[at]?.kind ?? null;
}
