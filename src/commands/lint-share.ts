import { resolve } from 'node:path';
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

export interface PlainLintSource extends Omit<LintSource, 'sources'> {
  readonly sources: readonly PlainSource[];
}

/** A tree, or the part of a large one, that one thread lints. */
export interface SharedItem {
  /** Which of the trees of the run. */
  readonly at: number;
  readonly source: PlainLintSource;
  /** Files of the tree whose number leaves this rest. */
  readonly part: { readonly rest: number; readonly of: number };
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
  /** Number of the file in its tree; those that only a finding is about come behind all of them. */
  readonly order: number;
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
  return { ...source, sources: source.sources.map(plainSource) };
}

export function lintSource(source: PlainLintSource): LintSource {
  return {
    ...source,
    sources: source.sources.map(({ path, text, encoding }) => new SourceText(path, text, encoding)),
  };
}

/** `files` with their numbers in the tree. */
export function plainReport(files: readonly (readonly [order: number, report: FileReport])[]): PlainReport {
  const numbers = new Map<SourceText, number>();
  const numberOf = (source: SourceText): number => {
    const number = numbers.get(source) ?? numbers.size;
    numbers.set(source, number);
    return number;
  };
  const plain = files.map(([order, { source, diagnostics }]) => ({
    order,
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

/** The reports of all parts of a tree, put together in the order of its files. */
export function fileReportsOf(parts: readonly PlainReport[], cwd: string): readonly FileReport[] {
  const known = new Map<string, SourceText>();
  const sourceOf = ({ path, text, encoding }: PlainSource): SourceText => {
    const key = resolve(cwd, path);
    const source = known.get(key) ?? new SourceText(path, text, encoding);
    known.set(key, source);
    return source;
  };
  const ordered = parts.flatMap(({ sources, files }) => {
    const own = sources.map(sourceOf);
    const at = (number: number): SourceText => own[number] as SourceText;
    return files.map(({ order, source, diagnostics }) => ({
      order,
      report: {
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
      },
    }));
  });
  return ordered.sort((a, b) => a.order - b.order).map(({ report }) => report);
}
