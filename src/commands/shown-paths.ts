import { isAbsolute, join, relative, resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { FileReport } from '../report/report.ts';
import type { SourceText } from '../text/source-text.ts';
import { nameBelowRoot } from './lint-input.ts';

/**
 * Inside a root files go by the names that they have there. Who names them by where they lie here is told of them, and of
 * what they include, by such names too.
 */
export class ShownPaths {
  readonly #root: string | undefined;
  readonly #cwd: string;
  readonly #given = new Map<string, string>();
  readonly #sources = new Map<SourceText, SourceText>();

  constructor(words: readonly string[], root: string | undefined, cwd: string) {
    this.#cwd = cwd;
    // An absolute word is a name inside the root already.
    this.#root = words.some((word) => word === '-' || isAbsolute(word)) ? undefined : root;
    if (this.#root === undefined) return;
    for (const word of words) this.#given.set(nameBelowRoot(word, this.#root, cwd), word);
  }

  /** The same text under the name to show. */
  source(source: SourceText): SourceText {
    if (this.#root === undefined || !isAbsolute(source.path)) return source;
    let shown = this.#sources.get(source);
    if (shown === undefined) {
      const { path } = source;
      const here = relative(this.#cwd, join(resolve(this.#cwd, this.#root), path));
      shown = source.with({ path: this.#given.get(path) ?? here });
      this.#sources.set(source, shown);
    }
    return shown;
  }

  report(file: FileReport): FileReport {
    if (this.#root === undefined) return file;
    const { source, diagnostics } = file;
    return {
      source: this.source(source),
      diagnostics: diagnostics.map((each) => this.diagnostic(each)),
    };
  }

  diagnostic(diagnostic: Diagnostic): Diagnostic {
    const place = <Place extends { readonly source: SourceText }>(each: Place): Place => ({
      ...each,
      source: this.source(each.source),
    });
    const { location, related } = diagnostic;
    return {
      ...diagnostic,
      location: place(location),
      ...(related === undefined ? {} : { related: related.map(place) }),
    };
  }
}
