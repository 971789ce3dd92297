import type { Word } from '../../ast/nodes.ts';
import { SourceText } from '../../text/source-text.ts';
import type { ParseSource } from './configuration-reader.ts';
import { type AttributeSyntax, operatorAt, readAttributeSyntax, wordsIn } from './line-syntax.ts';
import { lineTotal, type TextLine, textLines } from './lines.ts';
import { type SplitText, splitLongLines } from './long-lines.ts';

const blockSize = 8192;

/**
 * Hands out the lines of a file one by one, as the daemon's reader does: over-long ones cut, and with what it does to
 * its buffer when a line is one bare word.
 */
export class LineCursor {
  /** The file as it is; locations refer to it. */
  readonly original: SourceText;
  readonly #parse: ParseSource;
  readonly #split: SplitText;
  #source: SourceText;
  #lines: readonly TextLine[];
  #next = 0;
  #count = 0;

  constructor(original: SourceText, parse: ParseSource) {
    this.original = original;
    this.#parse = parse;
    this.#split = splitLongLines(original);
    this.#source = this.#split.source;
    this.#lines = textLines(parse(this.#source).file, this.#source);
  }

  /** Number of the line read last; at the end that of the last line of the file. */
  get count(): number {
    return this.#count;
  }

  /** End of the line read last, in the file as it is. */
  get lastEnd(): number {
    const line = this.#lines[this.#next - 1];
    return line === undefined
      ? this.original.text.length
      : this.#split.toOriginal(line.start + line.text.trimEnd().length);
  }

  next(): TextLine | undefined {
    const line = this.#lines[this.#next];
    this.#next += 1;
    this.#count = line?.number ?? lineTotal(this.#source);
    return line;
  }

  /** The place of a word or line in the file as it is. */
  originalRange(start: number, end: number): { start: number; end: number } {
    return { start: this.#split.toOriginal(start), end: this.#split.toOriginal(end) };
  }

  /** The syntax of an attribute line that was read last. */
  attribute(line: TextLine): AttributeSyntax {
    const syntax = readAttributeSyntax(line);
    return 'error' in syntax && syntax.error === 'bare-word' ? this.#readOn(line, syntax.name) : syntax;
  }

  /**
   * A line of one word without an operator: the daemon runs past the end of the line and takes what follows in its
   * buffer for the rest. It writes NUL bytes into the buffer on its way, which the lines after this one then hold.
   */
  #readOn(line: TextLine, name: string): AttributeSyntax {
    const { text } = this.#source;
    const bufferEnd = Math.min(text.length, (Math.floor(line.start / blockSize) + 1) * blockSize);
    const buffer = text.slice(0, bufferEnd);
    const nameEnd = indexOf(buffer, /[ \t\v\f\r\n=]/, line.start + line.text.length + 1);
    if (nameEnd === undefined) return { error: 'bad-operator', name };
    if (buffer[nameEnd] === '=') return { error: 'no-space', name };
    const at = indexOf(buffer, /[^ \t\v\f\r\n]/, nameEnd + 1) ?? bufferEnd;
    const operator = operatorAt(buffer, at);
    const nuls = [nameEnd];
    let values: readonly Word[] = [];
    if (operator !== undefined) {
      values = wordsIn(buffer, at + operator.text.length);
      nuls.push(...values.map((word) => word.end).filter((end) => end < bufferEnd));
    }
    this.#overwrite(nuls, line);
    if (operator !== undefined) return { name, operator: operator.operator, values };
    return { error: at === bufferEnd ? 'nothing' : 'bad-operator', name };
  }

  #overwrite(nuls: readonly number[], line: TextLine): void {
    const units = this.#source.text.split('');
    for (const at of nuls) units[at] = '\0';
    this.#source = new SourceText(this.original.path, units.join(''), this.original.encoding);
    this.#lines = textLines(this.#parse(this.#source).file, this.#source);
    const lineEnd = line.start + line.text.length;
    const next = this.#lines.findIndex((each) => each.start > lineEnd);
    this.#next = next === -1 ? this.#lines.length : next;
  }
}

function indexOf(text: string, pattern: RegExp, from: number): number | undefined {
  const found = text.slice(from).search(pattern);
  return found === -1 ? undefined : from + found;
}
