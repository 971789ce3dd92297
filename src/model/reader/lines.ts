import type { BodyNode, File, TopLevel } from '../../ast/nodes.ts';
import type { SourceText } from '../../text/source-text.ts';

/** A line with text on it, from its first word to its end. */
export interface TextLine {
  readonly start: number;
  /** 1-based. */
  readonly number: number;
  /** Up to the line end or a NUL byte; a CR in front of the line end is part of it. */
  readonly text: string;
  /** White space in front of the text. */
  readonly indent: string;
}

/**
 * The lines of a tree that hold more than a comment. What a line means to the daemon depends on what it is looking for
 * when it comes to it, which a tree cannot say; where lines, comments and blanks are, the tree says.
 */
export function textLines(file: File, source: SourceText): readonly TextLine[] {
  const lines: TextLine[] = [];
  const { text } = source;
  let end = -1;
  for (const start of textStarts(file)) {
    if (start <= end) continue;
    const newline = text.indexOf('\n', start);
    end = newline === -1 ? text.length : newline;
    const visible = text.slice(start, end);
    const nul = visible.indexOf('\0');
    if (nul === 0) continue;
    const number = source.lineAt(start);
    lines.push({
      start,
      number,
      text: nul === -1 ? visible : visible.slice(0, nul),
      indent: text.slice(source.lines.startOf(number), start),
    });
  }
  return lines;
}

/** Number of lines the daemon has counted at the end of a file. */
export function lineTotal(source: SourceText): number {
  return source.lines.count - (source.text === '' || source.text.endsWith('\n') ? 1 : 0);
}

/** Offsets at which text may begin, in source order; several may stand on one line. */
function* textStarts(file: File): Generator<number> {
  for (const node of file.children) {
    if (node.type === 'Entry' && node.syntax === 'block') {
      yield node.start;
      let { open } = node;
      for (const each of node.body) {
        if (open !== null && open.start < each.start) {
          yield open.start;
          open = null;
        }
        if (hasText(each)) yield each.start;
      }
      if (open !== null) yield open.start;
      if (node.close !== null) yield node.close.start;
    } else if (hasText(node)) yield node.start;
  }
}

function hasText(node: BodyNode | TopLevel): boolean {
  return node.type !== 'Comment' && node.type !== 'Blank';
}
