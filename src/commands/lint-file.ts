import type { SourceText } from '../text/source-text.ts';
import { readFile } from './input.ts';

/** What the texts of one run may come to that are held from their first reading until their trees are built. */
const mostHeld = 1024 * 1024;

/** A file that is linted: what it is called in reports, where it is read, and perhaps its text. */
export class LintFile {
  readonly path: string;
  readonly place: string;
  /** Whether its text speaks of includes; most files stand alone. */
  readonly mayInclude: boolean;
  readonly #text: SourceText | undefined;

  constructor(path: string, place: string, mayInclude: boolean, text?: SourceText) {
    this.path = path;
    this.place = place;
    this.mayInclude = mayInclude;
    this.#text = text;
  }

  /** One whose text stays: standard input cannot be read again. */
  static holding(source: SourceText): LintFile {
    return new LintFile(source.path, source.path, mayInclude(source), source);
  }

  /**
   * Its text, read again where it is not held.
   * @throws FileError when it is there no longer
   */
  read(cwd: string): SourceText {
    if (this.#text !== undefined) return this.#text;
    const source = readFile(this.place, cwd);
    return source.path === this.path ? source : source.with({ path: this.path });
  }
}

/**
 * Reads files for the first time, which tells those that cannot be read and those that include others. Of thousands of
 * files the texts are not kept from then until their turn comes: they are read twice.
 */
export class LintFiles {
  readonly #cwd: string;
  #held = 0;

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  /** @throws FileError when it cannot be read */
  read(place: string, path: string): LintFile {
    const read = readFile(place, this.#cwd);
    const source = path === place ? read : read.with({ path });
    this.#held += source.text.length;
    return this.#held <= mostHeld ? LintFile.holding(source) : new LintFile(path, place, mayInclude(source));
  }
}

function mayInclude({ text }: SourceText): boolean {
  return /include/i.test(text);
}
