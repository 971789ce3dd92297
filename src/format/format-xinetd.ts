import type { BlockEntry, Directive } from '../ast/nodes.ts';
import type { ParseResult } from '../grammar/result.ts';
import type { SourceText } from '../text/source-text.ts';
import type { KeptNodes } from './kept-nodes.ts';
import { originOf } from './origin.ts';
import { commentText, printEntry, wordsText } from './print-entry.ts';
import { wholeLines } from './source-lines.ts';
import { type SourcePiece, sourcePieces } from './source-piece.ts';

/**
 * xinetd.conf piece by piece. Only white space changes, and each line keeps its words in their order, so the daemon
 * reads every line as before, even where it skips lines because of an error above them.
 */
export function formatXinetd(result: ParseResult, kept: KeptNodes): readonly SourcePiece[] {
  const { source } = result;
  const origin = originOf(source);
  return sourcePieces(result, kept, (node) => {
    switch (node.type) {
      case 'Entry':
        return node.syntax === 'block' && isAtLineStart(node, source) ? printEntry(node, origin) : null;
      case 'Directive':
        return isAtLineStart(node, source) ? directiveText(node) + origin.lineEndAfter(node) : null;
      case 'Comment':
        return commentText(node.text) + origin.lineEndAfter(node);
      case 'Unknown':
        return null;
    }
  });
}

/** In front of a section keyword the daemon skips blanks and tabs only; behind a form feed it sees another word. */
function isAtLineStart(node: BlockEntry | Directive, source: SourceText): boolean {
  const { start } = wholeLines(source, node);
  return /^[ \t]*$/.test(source.text.slice(start, node.start));
}

function directiveText(node: Directive): string {
  return wordsText([...(node.keyword === null ? [] : [node.keyword]), ...node.values]);
}
