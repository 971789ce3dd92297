import type { SourceText } from '../../text/source-text.ts';

/** A text whose over-long lines are cut, with the way back to the offsets of the whole. */
export interface SplitText {
  readonly text: string;
  readonly isCut: boolean;
  readonly toOriginal: (offset: number) => number;
}

const blockSize = 8192;

/**
 * The bytes that the daemon's reader has room for in a line that starts at an offset of the file: it holds the block that
 * the line starts in and one more (reference 1.2), so 8192 from the start of a block, and up to the end of the next block
 * from elsewhere. A line of as many bytes is cut.
 */
export function roomFor(start: number): number {
  return start % blockSize === 0 ? blockSize : 2 * blockSize - (start % blockSize);
}

function whole({ text }: SourceText): SplitText {
  return { text, isCut: false, toOriginal: (offset) => offset };
}

/**
 * Cuts lines where the daemon's reader does: the last byte that there is room for is taken for the line end, whatever it is,
 * and what stands behind it is a line of its own.
 */
export function splitLongLines(source: SourceText): SplitText {
  const { text } = source;
  // A unit of the text is three bytes at most.
  if (text.length < blockSize / 3 || !/[^\n]{2731}/.test(text)) return whole(source);
  const bytes = source.encode();
  const cuts: number[] = [];
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    const room = roomFor(start);
    if (end - start < room) start = end + 1;
    else {
      start += room;
      cuts.push(start);
    }
  }
  return cuts.length === 0 ? whole(source) : putLineEnds(source, bytes, cuts);
}

/** Where a piece starts in the cut text and in the whole: not the same where a cut goes through a character. */
interface Piece {
  readonly start: number;
  readonly original: number;
}

function putLineEnds({ encoding }: SourceText, bytes: Buffer, cuts: readonly number[]): SplitText {
  const texts: string[] = [];
  const pieces: Piece[] = [{ start: 0, original: 0 }];
  let from = 0;
  let start = 0;
  let whole = 0;
  let original = 0;
  for (const cut of cuts) {
    const piece = `${bytes.toString(encoding, from, cut - 1)}\n`;
    texts.push(piece);
    start += piece.length;
    // The rest of a character behind its cut is read as one unit for each byte.
    const next = encoding === 'utf8' ? characterStart(bytes, cut) : cut;
    original += bytes.toString(encoding, whole, next).length;
    pieces.push({ start, original: original - (next - cut) });
    whole = next;
    from = cut;
  }
  texts.push(bytes.toString(encoding, from));
  return {
    text: texts.join(''),
    isCut: true,
    toOriginal: (offset) => {
      const piece = pieces.findLast(({ start }) => start <= offset) ?? { start: 0, original: 0 };
      return piece.original + offset - piece.start;
    },
  };
}

/** The first byte from `at` on that is not inside of a character of UTF-8. */
function characterStart(bytes: Buffer, at: number): number {
  let start = at;
  while (((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1;
  return start;
}
