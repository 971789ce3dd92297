import type { SourceText } from '../text/source-text.ts';

/**
 * xinetd reads a line of up to this many bytes whole wherever it stands in its file. It cuts longer ones in pieces, at
 * places that depend on the offset of the line (reference 1.2), so no text in front of one may change its length.
 */
const safeLineBytes = 8191;

/** Whether a text of this source has a line that xinetd may cut. */
export function hasOverlongLine(text: string, source: SourceText): boolean {
  let start = 0;
  while (text.length - start > safeLineBytes / bytesPerUnit) {
    const lineFeed = text.indexOf('\n', start);
    const end = lineFeed === -1 ? text.length : lineFeed;
    if ((end - start) * bytesPerUnit > safeLineBytes && isOverlong(text.slice(start, end), source))
      return true;
    start = end + 1;
  }
  return false;
}

/** What a UTF-16 unit takes in UTF-8 at most. */
const bytesPerUnit = 3;

function isOverlong(line: string, source: SourceText): boolean {
  return Buffer.byteLength(line, source.encoding) > safeLineBytes;
}
