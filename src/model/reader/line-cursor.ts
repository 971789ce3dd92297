import type { Word } from '../../ast/nodes.ts';
import type { Range } from '../../text/range.ts';
import type { SourceText } from '../../text/source-text.ts';
import {
  type AttributeSyntax,
  isSpace,
  operatorAt,
  readAttributeSyntax,
  type TextLine,
  wordsIn,
} from './line-syntax.ts';
import { type SplitText, splitLongLines } from './long-lines.ts';

const blockSize = 8192;
const nul = '\0';

/**
 * Hands out the lines of a file one by one, as the daemon's reader does: over-long ones cut, and with what it does to
 * its buffer when a line is one bare word.
 *
 * What a line means to the daemon hangs on what it is looking for when it comes to it, so this reads lines and not the
 * tree of the file, which says what people mean by them.
 */
export class LineCursor {
  /** The file as it is; locations refer to it. */
  readonly original: SourceText;
  readonly #split: SplitText;
  #text: string;
  /** Start of the next line. */
  #next = 0;
  #count = 0;
  #lastEnd = 0;

  constructor(original: SourceText) {
    this.original = original;
    this.#split = splitLongLines(original);
    this.#text = this.#split.text;
  }

  /** Number of the line read last; at the end that of the last line of the file. */
  get count(): number {
    return this.#count;
  }

  /** End of the text of the line read last, in the file as it is. */
  get lastEnd(): number {
    return this.#split.toOriginal(this.#lastEnd);
  }

  /** The next line that is neither blank nor a comment. A NUL byte ends it for the daemon. */
  next(): TextLine | undefined {
    const text = this.#text;
    while (this.#next < text.length) {
      const lineStart = this.#next;
      let start = lineStart;
      const newline = text.indexOf('\n', start);
      const end = newline === -1 ? text.length : newline;
      this.#next = end + 1;
      this.#count += 1;
      while (start < end && isSpace(text.charCodeAt(start))) start += 1;
      if (start === end || text[start] === '#' || text[start] === nul) continue;
      const line = text.slice(start, end);
      const visible = line.indexOf(nul);
      const shown = visible === -1 ? line : line.slice(0, visible);
      this.#lastEnd = start + shown.trimEnd().length;
      return { start, text: shown, indentation: text.slice(lineStart, start) };
    }
    this.#lastEnd = text.length;
    return undefined;
  }

  /** A stretch of what was read as it stands in the file. */
  originalRange(start: number, end: number): Range {
    return { start: this.#split.toOriginal(start), end: this.#split.toOriginal(end) };
  }

  /** The syntax of an attribute line that was read last. */
  attribute(line: TextLine): AttributeSyntax {
    const syntax = readAttributeSyntax(line);
    if ('error' in syntax) return syntax.error === 'bare-word' ? this.#readOn(line, syntax.name) : syntax;
    if (!this.#split.isCut) return syntax;
    const values = syntax.values.map((word) => ({ ...word, ...this.originalRange(word.start, word.end) }));
    return { ...syntax, values };
  }

  /**
   * A line of one word without an operator: the daemon runs past the end of the line and takes what follows in its
   * buffer for the rest. It writes NUL bytes into the buffer on its way, which the lines after this one then hold.
   */
  #readOn(line: TextLine, name: string): AttributeSyntax {
    const bufferEnd = Math.min(this.#text.length, (Math.floor(line.start / blockSize) + 1) * blockSize);
    // The line end of the line itself was made a NUL byte when it was read.
    const lineEnd = this.#next - 1;
    const buffer = overwritten(this.#text.slice(0, bufferEnd), [lineEnd]);
    const nameEnd = indexOf(buffer, /[ \t\v\f\r\n=]/, line.start + line.text.length + 1);
    if (nameEnd === undefined) return { error: 'bad-operator', name };
    if (buffer[nameEnd] === '=') return { error: 'no-space', name };
    const at = indexOf(buffer, /[^ \t\v\f\r\n]/, nameEnd + 1) ?? bufferEnd;
    const operator = operatorAt(buffer, at);
    if (operator === undefined) {
      this.#overwrite([nameEnd]);
      const isOver = at === bufferEnd || buffer[at] === nul;
      return { error: isOver ? 'nothing' : 'bad-operator', name };
    }
    const from = at + operator.text.length;
    const end = buffer.indexOf(nul, from);
    const values: readonly Word[] = wordsIn(end === -1 ? buffer : buffer.slice(0, end), from);
    this.#overwrite([nameEnd, ...values.map((word) => word.end).filter((each) => each < bufferEnd)]);
    return { name, operator: operator.operator, values };
  }

  /** Where a line end is overwritten, two lines become one, and count as one. */
  #overwrite(places: readonly number[]): void {
    const ahead = places.filter((at) => at >= this.#next);
    this.#text = overwritten(this.#text, ahead);
  }
}

function overwritten(text: string, places: readonly number[]): string {
  let result = text;
  for (const at of places) {
    if (at < result.length) result = result.slice(0, at) + nul + result.slice(at + 1);
  }
  return result;
}

function indexOf(text: string, pattern: RegExp, from: number): number | undefined {
  const found = text.slice(from).search(pattern);
  return found === -1 ? undefined : from + found;
}
