import type { Diagnostic, RelatedLocation } from '../diagnostics/diagnostic.ts';
import type { Range } from '../text/range.ts';
import { type Encoding, SourceText } from '../text/source-text.ts';
import { LintFile } from './lint-file.ts';
import type { LintSource } from './lint-input.ts';
import type { TaskReport } from './lint-tasks.ts';
import type { LintArguments } from './run-lint.ts';

/*
 * What goes between the threads of a run. A message holds copies of plain data, and sources are objects that findings
 * share: they travel once, as the lines of them that reports show, and findings name them by number. Files go to a thread
 * by their names: it reads them itself.
 */

interface PlainSource {
  readonly path: string;
  readonly text: string;
  readonly encoding: Encoding;
  readonly lineNumbers: readonly number[] | undefined;
}

type PlainFile = Pick<LintFile, 'path' | 'place' | 'mayInclude'>;

interface PlainLintSource extends Omit<LintSource, 'files' | 'dropIns'> {
  readonly files: readonly PlainFile[];
}

/** A tree that a thread lints. */
export interface SharedItem {
  /** Which of the trees of the run. */
  readonly at: number;
  readonly source: PlainLintSource;
}

/** What a thread is told: trees to lint, or that nothing is left. */
export type ThreadOrder = readonly SharedItem[] | null;

/** What every thread has to know. */
export interface ThreadData {
  readonly args: LintArguments;
  readonly cwd: string;
}

export interface PlainReport {
  readonly sources: readonly PlainSource[];
  readonly files: readonly PlainFileReport[];
  readonly failures: readonly PlainDiagnostic[];
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

export function plainLintSource({ path, isFolder, isStdin, files }: LintSource): PlainLintSource {
  const plain = files.map(({ path, place, mayInclude }) => ({ path, place, mayInclude }));
  return { path, isFolder, isStdin, files: plain };
}

export function lintSource({ files, ...rest }: PlainLintSource): LintSource {
  return {
    ...rest,
    files: files.map((file) => new LintFile(file)),
  };
}

export function plainReport({ files, failures }: TaskReport): PlainReport {
  const numbers = new Map<SourceText, number>();
  const numberOf = (source: SourceText): number => {
    const number = numbers.get(source) ?? numbers.size;
    numbers.set(source, number);
    return number;
  };
  const plain = ({ location, related, ...rest }: Diagnostic): PlainDiagnostic => ({
    ...rest,
    location: { source: numberOf(location.source), range: location.range },
    ...(related === undefined
      ? {}
      : { related: related.map((each) => ({ ...each, source: numberOf(each.source) })) }),
  });
  const plainFiles = files.map(({ source, diagnostics }) => ({
    source: numberOf(source),
    diagnostics: diagnostics.map(plain),
  }));
  const plainFailures = failures.map(plain);
  const sources = [...numbers.keys()].map(({ path, text, encoding, lineNumbers }) => ({
    path,
    text,
    encoding,
    lineNumbers,
  }));
  return { sources, files: plainFiles, failures: plainFailures };
}

export function taskReport({ sources, files, failures }: PlainReport): TaskReport {
  const own = sources.map(
    ({ path, text, encoding, lineNumbers }) => new SourceText(path, text, encoding, lineNumbers),
  );
  const at = (number: number): SourceText => own[number] as SourceText;
  const diagnostic = ({ location, related, ...rest }: PlainDiagnostic): Diagnostic => ({
    ...rest,
    location: { source: at(location.source), range: location.range },
    ...(related === undefined
      ? {}
      : { related: related.map((each) => ({ ...each, source: at(each.source) })) }),
  });
  return {
    files: files.map(({ source, diagnostics }) => ({
      source: at(source),
      diagnostics: diagnostics.map(diagnostic),
    })),
    failures: failures.map(diagnostic),
  };
}
