import type { ParseResult } from '../grammar/result.ts';
import { type SourcePiece, sourcePieces } from './source-piece.ts';

export function formatInetd(result: ParseResult): readonly SourcePiece[] {
  return sourcePieces(result, () => null);
}
