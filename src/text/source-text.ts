import { isUtf8 } from 'node:buffer';
import { textOfBytes } from './bare-bytes.ts';
import { LineIndex, type Position } from './line-index.ts';
import type { Range } from './range.ts';

/** How the bytes of a file became text, so that the text can be turned back into the same bytes. */
export type Encoding = 'utf8' | 'latin1';

/**
 * The text of one file with its name as the user gave it.
 *
 * The daemons read bytes. Valid UTF-8 is decoded as such; anything else as latin1, one unit for one byte, so that
 * `encode` gives the file back byte for byte in both cases. A byte order mark stays in the text as U+FEFF.
 */
export class SourceText {
  readonly path: string;
  readonly text: string;
  readonly encoding: Encoding;
  /** Of an excerpt: the numbers that its lines have in the file. */
  readonly lineNumbers: readonly number[] | undefined;
  #lines: LineIndex | undefined;

  constructor(
    path: string,
    text: string,
    encoding: Encoding = 'utf8',
    lineNumbers: readonly number[] | undefined = undefined,
  ) {
    this.path = path;
    this.text = text;
    this.encoding = encoding;
    this.lineNumbers = lineNumbers;
  }

  static fromBytes(path: string, bytes: Buffer): SourceText {
    const encoding: Encoding = isUtf8(bytes) ? 'utf8' : 'latin1';
    return new SourceText(path, bytes.toString(encoding), encoding);
  }

  /** Line starts, found on first use: most files are read without anyone asking for a line. */
  get lines(): LineIndex {
    this.#lines ??= new LineIndex(this.text, this.lineNumbers);
    return this.#lines;
  }

  /** The same under another name, or with another text that has the same lines. */
  with({
    path = this.path,
    text = this.text,
  }: {
    readonly path?: string;
    readonly text?: string;
  }): SourceText {
    return new SourceText(path, text, this.encoding, this.lineNumbers);
  }

  /** A word of this text as the name of a file, which has the bytes that stand here. */
  fileName(word: string): string {
    return this.encoding === 'utf8' ? word : textOfBytes(this.encode(word));
  }

  slice(range: Range): string {
    return this.text.slice(range.start, range.end);
  }

  positionAt(offset: number): Position {
    return this.lines.positionAt(offset);
  }

  /** 1-based line of an offset. */
  lineAt(offset: number): number {
    return this.lines.lineAt(offset);
  }

  /** The bytes of a piece of this text (all of it by default), exactly as they stood in the file. */
  encode(text: string = this.text): Buffer {
    return Buffer.from(text, this.encoding);
  }
}
