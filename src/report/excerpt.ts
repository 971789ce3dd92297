import type { Diagnostic, Fix, RelatedLocation } from '../diagnostics/diagnostic.ts';
import { lastUpTo } from '../text/last-up-to.ts';
import type { Range } from '../text/range.ts';
import { SourceText } from '../text/source-text.ts';
import type { FileReport } from './report.ts';

/**
 * Reports with as much of their sources as reports show: the lines on which findings, related places and edits lie.
 * Nothing in them holds on to a whole text, a tree or a model, so that a run over thousands of trees keeps what it has to
 * say of each and no more.
 */
export function excerptReports(files: readonly FileReport[]): FileReport[] {
  const excerpts = new Excerpts(files.flatMap(({ diagnostics }) => diagnostics));
  return files.map(({ source, diagnostics }) => ({
    source: excerpts.source(source),
    diagnostics: diagnostics.length === 0 ? nothing : diagnostics.map((each) => excerpts.diagnostic(each)),
  }));
}

/** The same for findings that are no report yet. */
export function excerptDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const excerpts = new Excerpts(diagnostics);
  return diagnostics.map((each) => excerpts.diagnostic(each));
}

const nothing: readonly Diagnostic[] = [];

class Excerpts {
  readonly #ranges = new Map<SourceText, Range[]>();
  readonly #excerpts = new Map<SourceText, Excerpt>();

  constructor(diagnostics: readonly Diagnostic[]) {
    for (const { location, related = [], fix } of diagnostics) {
      this.#want(location.source, location.range);
      for (const { source, range } of related) this.#want(source, range);
      for (const edit of fix?.edits ?? []) this.#want(location.source, edit);
    }
  }

  source(source: SourceText): SourceText {
    return this.#of(source).source;
  }

  diagnostic({ code, severity, message, effect, location, related, fix, isSecret }: Diagnostic): Diagnostic {
    const { source, shift } = this.#of(location.source);
    return {
      code,
      severity,
      message: copy(message),
      ...(effect === undefined ? {} : { effect: copy(effect) }),
      location: { source, range: shift(location.range) },
      ...(related === undefined ? {} : { related: related.map((each) => this.#related(each)) }),
      ...(fix === undefined ? {} : { fix: shiftFix(fix, shift) }),
      ...(isSecret === undefined ? {} : { isSecret }),
    };
  }

  #related({ source, range, message }: RelatedLocation): RelatedLocation {
    const excerpt = this.#of(source);
    return { source: excerpt.source, range: excerpt.shift(range), message: copy(message) };
  }

  #want(source: SourceText, range: Range): void {
    const known = this.#ranges.get(source);
    if (known === undefined) this.#ranges.set(source, [range]);
    else known.push(range);
  }

  #of(source: SourceText): Excerpt {
    let excerpt = this.#excerpts.get(source);
    if (excerpt === undefined) {
      excerpt = excerptOf(source, this.#ranges.get(source) ?? []);
      this.#excerpts.set(source, excerpt);
    }
    return excerpt;
  }
}

interface Excerpt {
  readonly source: SourceText;
  /** Where a range of the whole text is in the excerpt. */
  readonly shift: (range: Range) => Range;
}

/** Whole lines that follow each other. */
interface Piece {
  readonly start: number;
  end: number;
  /** Where it begins in the excerpt. */
  readonly at: number;
}

function excerptOf(source: SourceText, ranges: readonly Range[]): Excerpt {
  const pieces: Piece[] = [];
  const numbers: number[] = [];
  let length = 0;
  for (const { start, end } of linesOf(source, ranges)) {
    const last = pieces.at(-1);
    if (last !== undefined && start <= last.end) {
      length += Math.max(0, end - last.end);
      last.end = Math.max(last.end, end);
    } else {
      pieces.push({ start, end, at: length });
      length += end - start;
    }
  }
  for (const { start, end } of pieces) {
    const first = source.lineAt(start);
    // The text behind the last line feed is a line as well, if it is the last of all.
    const behind = end === source.text.length ? source.lineAt(end) + 1 : source.lineAt(end);
    for (let line = first; line < behind; line += 1) numbers.push(line);
  }
  const text = copy(pieces.map(({ start, end }) => source.text.slice(start, end)).join(''));
  const starts = pieces.map(({ start }) => start);
  const shiftOffset = (offset: number) => {
    const piece = pieces[lastUpTo(starts, offset)];
    return piece === undefined ? offset : offset - piece.start + piece.at;
  };
  return {
    source: new SourceText(
      source.path,
      text,
      source.encoding,
      pieces.length === 0 ? undefined : numbers.slice(),
    ),
    shift: ({ start, end }) => ({ start: shiftOffset(start), end: shiftOffset(end) }),
  };
}

/** The lines of each range, in order. */
function linesOf(source: SourceText, ranges: readonly Range[]): Range[] {
  const { lines, text } = source;
  return ranges
    .map(({ start, end }) => {
      const newline = text.indexOf('\n', end);
      const lineEnd = newline === -1 ? text.length : newline + 1;
      const lineStart = lines.startOf(lines.lineAt(start));
      // An empty last line has nothing of its own to stand for it.
      const isEmpty = lineStart === lineEnd && lineStart > 0;
      return { start: isEmpty ? lines.startOf(lines.lineAt(lineStart - 1)) : lineStart, end: lineEnd };
    })
    .sort((a, b) => a.start - b.start);
}

function shiftFix({ description, safety, edits }: Fix, shift: (range: Range) => Range): Fix {
  return {
    description: copy(description),
    safety,
    edits: edits.map((edit) => ({ text: copy(edit.text), ...shift(edit) })),
  };
}

/** A string of its own: what V8 has cut out of a text, or put together of such pieces, keeps all of the text alive. */
function copy(text: string): string {
  return JSON.parse(JSON.stringify(text));
}
