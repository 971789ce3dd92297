import { relative } from 'node:path';
import createIgnore, { type Ignore } from 'ignore';

/** Whether a path is one of those that gitignore patterns mean; the patterns are relative to a folder. */
export class PathPatterns {
  readonly #folder: string;
  readonly #matcher: Ignore;

  constructor(folder: string, patterns: readonly string[]) {
    this.#folder = folder;
    this.#matcher = createIgnore({ allowRelativePaths: true }).add([...patterns]);
  }

  /** `path` is absolute. */
  matches(path: string): boolean {
    const local = relative(this.#folder, path);
    return local !== '' && !local.startsWith('..') && this.#matcher.ignores(local);
  }
}
