import { resolve } from 'node:path';
import type { SourceText } from '../text/source-text.ts';
import { isDescriptor, readFile } from './input.ts';

/** What the texts of one run may come to that are held from their first reading until their trees are built. */
const mostHeld = 1024 * 1024;

/** A file that is linted: what it is called in reports, where it is read, and perhaps its text. */
export class LintFile {
  readonly path: string;
  readonly place: string;
  /** Whether its text speaks of includes; most files stand alone. */
  readonly mayInclude: boolean;
  /** Of what comes through a pipe the text stays. */
  readonly canBeReadAgain: boolean;
  #text: SourceText | undefined;

  constructor({ path, place, mayInclude, text, canBeReadAgain = true }: LintFileParts) {
    this.path = path;
    this.place = place;
    this.mayInclude = mayInclude;
    this.#text = text;
    this.canBeReadAgain = canBeReadAgain;
  }

  /** One whose text stays: standard input cannot be read again. */
  static holding(text: SourceText): LintFile {
    const { path } = text;
    return new LintFile({ path, place: path, mayInclude: mayInclude(text), text, canBeReadAgain: false });
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

  /** Lets go of the text: it is read again if it is still needed. */
  release(): void {
    if (this.canBeReadAgain) this.#text = undefined;
  }
}

interface LintFileParts extends Pick<LintFile, 'path' | 'place' | 'mayInclude'> {
  readonly text?: SourceText | undefined;
  readonly canBeReadAgain?: boolean;
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
    const canBeReadAgain = !isDescriptor(resolve(this.#cwd, place));
    const text = this.#held <= mostHeld || !canBeReadAgain ? source : undefined;
    return new LintFile({ path, place, mayInclude: mayInclude(source), text, canBeReadAgain });
  }
}

function mayInclude({ text }: SourceText): boolean {
  return /include/i.test(text);
}
