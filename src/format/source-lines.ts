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

/** Lines as they stand, with the line feed that the last line of a file may lack. */
export function verbatim(source: SourceText, lines: Range): string {
  const text = source.slice(lines);
  // Behind a CR it would make a line end out of what is a letter now.
  return /[\r\n]$/.test(text) ? text : `${text}\n`;
}
