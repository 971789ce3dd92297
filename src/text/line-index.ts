import { lastUpTo } from './last-up-to.ts';

/** A place for people: both count from 1; columns count UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Offsets of line starts. LF alone ends a line, as in the daemons; a CR belongs to the line it ends. */
export class LineIndex {
  readonly #starts: readonly number[];
  readonly #numbers: readonly number[] | undefined;

  /** The lines of an excerpt have the numbers that are given; those of a whole text count from 1. */
  constructor(text: string, numbers?: readonly number[]) {
    this.#numbers = numbers;
    const starts = [0];
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
  }

  get count(): number {
    return this.#starts.length;
  }

  /** Offset of the first unit of a 1-based line; past the end it is the start of the last line. */
  startOf(line: number): number {
    const at = this.#numbers === undefined ? line - 1 : lastUpTo(this.#numbers, line);
    return this.#starts[Math.min(at, this.#starts.length - 1)] ?? 0;
  }

  lineAt(offset: number): number {
    const at = lastUpTo(this.#starts, offset);
    return this.#numbers?.[at] ?? at + 1;
  }

  positionAt(offset: number): Position {
    const line = this.lineAt(offset);
    return { line, column: offset - this.startOf(line) + 1 };
  }
}
