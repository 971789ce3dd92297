import { SourceText } from '../../text/source-text.ts';

/** A text whose over-long lines are cut, with the way back to the offsets of the whole. */
export interface SplitText {
  readonly source: SourceText;
  readonly toOriginal: (offset: number) => number;
}

const blockSize = 8192;

/**
 * Cuts lines where the daemon's reader does: it holds the block that a line starts in and one more (reference 1.2), so
 * a line may be 8192 bytes long from the start of a block, and up to the end of the next block from elsewhere.
 */
export function splitLongLines(source: SourceText): SplitText {
  const { text } = source;
  if (text.length <= blockSize / 4 || !/[^\n]{2049}/.test(text))
    return { source, toOriginal: (offset) => offset };
  const bytes = source.encode();
  const cuts: number[] = [];
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    const room = start % blockSize === 0 ? blockSize : 2 * blockSize - (start % blockSize);
    if (end - start <= room) start = end + 1;
    else {
      start += room;
      cuts.push(start);
    }
  }
  if (cuts.length === 0) return { source, toOriginal: (offset) => offset };
  return insertLineEnds(source, bytes, cuts);
}

function insertLineEnds(source: SourceText, bytes: Buffer, cuts: readonly number[]): SplitText {
  const pieces: string[] = [];
  const inserted: number[] = [];
  let from = 0;
  let length = 0;
  for (const cut of cuts) {
    const piece = bytes.toString(source.encoding, from, cut);
    pieces.push(piece);
    length += piece.length;
    inserted.push(length);
    length += 1;
    from = cut;
  }
  pieces.push(bytes.toString(source.encoding, from));
  return {
    source: new SourceText(source.path, pieces.join('\n'), source.encoding),
    toOriginal: (offset) => offset - inserted.filter((at) => at < offset).length,
  };
}
