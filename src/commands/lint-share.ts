import type { Diagnostic, RelatedLocation } from '../diagnostics/diagnostic.ts';
import type { FileReport } from '../report/report.ts';
import type { Range } from '../text/range.ts';
import { type Encoding, SourceText } from '../text/source-text.ts';
import type { LintSource } from './lint-input.ts';
import type { LintArguments } from './run-lint.ts';

/*
 * What goes between the threads of a run. A message holds copies of plain data, and sources are objects that findings
 * share: they travel once, as their texts, and findings name them by number.
 */

export interface PlainSource {
  readonly path: string;
  readonly text: string;
  readonly encoding: Encoding;
}

export interface PlainLintSource extends Omit<LintSource, 'sources' | 'dropIns'> {
  readonly sources: readonly PlainSource[];
}

/** A tree that a thread lints. */
export interface SharedItem {
  /** Which of the trees of the run. */
  readonly at: number;
  readonly source: PlainLintSource;
}

/** The work of one thread. */
export interface Share {
  readonly args: LintArguments;
  readonly cwd: string;
  readonly items: readonly SharedItem[];
}

export interface PlainReport {
  readonly sources: readonly PlainSource[];
  readonly files: readonly PlainFileReport[];
}

interface PlainFileReport {
  readonly source: number;
  readonly diagnostics: readonly PlainDiagnostic[];
}

interface PlainLocation {
  readonly source: number;
  readonly range: Range;
}

interface PlainDiagnostic extends Omit<Diagnostic, 'location' | 'related'> {
  readonly location: PlainLocation;
  readonly related?: readonly (PlainLocation & Pick<RelatedLocation, 'message'>)[];
}

/** What a thread says. */
export type ThreadMessage =
  | { readonly kind: 'progress'; readonly files: number }
  | { readonly kind: 'result'; readonly reports: readonly (readonly [at: number, report: PlainReport])[] };

export function plainSource({ path, text, encoding }: SourceText): PlainSource {
  return { path, text, encoding };
}

export function plainLintSource(source: LintSource): PlainLintSource {
  const { path, isFolder, isStdin, sources } = source;
  return { path, isFolder, isStdin, sources: sources.map(plainSource) };
}

export function lintSource(source: PlainLintSource): LintSource {
  return {
    ...source,
    sources: source.sources.map(({ path, text, encoding }) => new SourceText(path, text, encoding)),
  };
}

export function plainReport(files: readonly FileReport[]): PlainReport {
  const numbers = new Map<SourceText, number>();
  const numberOf = (source: SourceText): number => {
    const number = numbers.get(source) ?? numbers.size;
    numbers.set(source, number);
    return number;
  };
  const plain = files.map(({ source, diagnostics }) => ({
    source: numberOf(source),
    diagnostics: diagnostics.map(
      ({ location, related, ...rest }): PlainDiagnostic => ({
        ...rest,
        location: { source: numberOf(location.source), range: location.range },
        ...(related === undefined
          ? {}
          : { related: related.map((each) => ({ ...each, source: numberOf(each.source) })) }),
      }),
    ),
  }));
  return { sources: [...numbers.keys()].map(plainSource), files: plain };
}

export function fileReportsOf({ sources, files }: PlainReport): readonly FileReport[] {
  const own = sources.map(({ path, text, encoding }) => new SourceText(path, text, encoding));
  const at = (number: number): SourceText => own[number] as SourceText;
  return files.map(({ source, diagnostics }) => ({
    source: at(source),
    diagnostics: diagnostics.map(
      ({ location, related, ...rest }): Diagnostic => ({
        ...rest,
        location: { source: at(location.source), range: location.range },
        ...(related === undefined
          ? {}
          : { related: related.map((each) => ({ ...each, source: at(each.source) })) }),
      }),
    ),
  }));
}
