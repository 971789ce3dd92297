import type { Range } from '../text/range.ts';
import type { SourceText } from '../text/source-text.ts';

/** The physical lines that a range touches, the last line end included. */
export function wholeLines({ text }: SourceText, range: Range): Range {
  const lineFeed = text.indexOf('\n', range.end);
  return {
    start: range.start === 0 ? 0 : text.lastIndexOf('\n', range.start - 1) + 1,
    end: lineFeed === -1 ? text.length : lineFeed + 1,
  };
}

/**
 * Lines as they stand. The last line of a file gets the line feed that it may lack, unless it ends in a CR: that is a
 * part of its last word, with a line feed behind it it would no longer be.
 */
export function verbatim({ text }: SourceText, lines: Range): string {
  const slice = text.slice(lines.start, lines.end);
  return /[\r\n]$/.test(slice) ? slice : `${slice}\n`;
}
