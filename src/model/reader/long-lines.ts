import type { SourceText } from '../../text/source-text.ts';

/** A text whose over-long lines are cut, with the way back to the offsets of the whole. */
export interface SplitText {
  readonly text: string;
  readonly isCut: boolean;
  readonly toOriginal: (offset: number) => number;
}

const blockSize = 8192;

function whole({ text }: SourceText): SplitText {
  return { text, isCut: false, toOriginal: (offset) => offset };
}

/**
 * Cuts lines where the daemon's reader does: it holds the block that a line starts in and one more (reference 1.2), so
 * a line may be 8192 bytes long from the start of a block, and up to the end of the next block from elsewhere.
 */
export function splitLongLines(source: SourceText): SplitText {
  const { text } = source;
  // A unit of the text is three bytes at most.
  if (text.length <= blockSize / 3 || !/[^\n]{2731}/.test(text)) return whole(source);
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
  return cuts.length === 0 ? whole(source) : insertLineEnds(source, bytes, cuts);
}

function insertLineEnds({ encoding }: SourceText, bytes: Buffer, cuts: readonly number[]): SplitText {
  const pieces: string[] = [];
  const inserted: number[] = [];
  let from = 0;
  let length = 0;
  for (const cut of cuts) {
    const piece = bytes.toString(encoding, from, cut);
    pieces.push(piece);
    length += piece.length;
    inserted.push(length);
    length += 1;
    from = cut;
  }
  pieces.push(bytes.toString(encoding, from));
  return {
    text: pieces.join('\n'),
    isCut: true,
    toOriginal: (offset) => offset - inserted.filter((at) => at < offset).length,
  };
}
