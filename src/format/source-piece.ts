import type { TopLevel } from '../ast/nodes.ts';
import type { ParseResult } from '../grammar/result.ts';
import type { Range } from '../text/range.ts';
import type { KeptNodes } from './kept-nodes.ts';
import { type Piece, pieceKind } from './piece.ts';
import { verbatim, wholeLines } from './source-lines.ts';

/** A piece with the physical lines that it was read from. */
export interface SourcePiece extends Piece, Range {
  /** How the daemon recovers behind it hangs on the very next lines: it even runs past the end of a bare word. */
  readonly isFaulty: boolean;
}

export type PrintableNode = Exclude<TopLevel, { readonly type: 'Blank' }>;

/** Prints one node with its line end; null where it must stay as it is. */
export type PrintNode = (node: PrintableNode) => string | null;

/** Prints what stands at the top level of a file. Nodes that share a physical line are one piece and stay as they are. */
export function sourcePieces(
  { source, file }: ParseResult,
  { faulty, ignored }: KeptNodes,
  print: PrintNode,
): readonly SourcePiece[] {
  const pieces: SourcePiece[] = [];
  let blankLines = 0;
  for (const node of file.children) {
    if (node.type === 'Blank') {
      blankLines += node.lines;
      continue;
    }
    const lines = wholeLines(source, node);
    const previous = pieces.at(-1);
    if (previous !== undefined && lines.start < previous.end) {
      const both = { start: previous.start, end: Math.max(previous.end, lines.end) };
      const { blankLinesBefore } = previous;
      const text = source.slice(both);
      pieces[pieces.length - 1] = { kind: 'unknown', blankLinesBefore, isFaulty: true, ...both, text };
    } else {
      const isFaulty = faulty.has(node);
      const printed = isFaulty || ignored.has(node) ? null : print(node);
      const text = isFaulty ? source.slice(lines) : (printed ?? verbatim(source, lines));
      pieces.push({ kind: pieceKind(node), blankLinesBefore: blankLines, isFaulty, ...lines, text });
    }
    blankLines = blankLinesAtEnd(node);
  }
  return pieces;
}

/** An entry that nothing closes holds the blank lines behind it, without them being in its range. */
function blankLinesAtEnd(node: PrintableNode): number {
  if (node.type !== 'Entry' || node.syntax !== 'block' || node.close !== null) return 0;
  const last = node.body.at(-1);
  return last?.type === 'Blank' ? last.lines : 0;
}
