import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts';
import type { SourceText } from '../text/source-text.ts';

/** One file that was looked at, with what was found in it. */
export interface FileReport {
  readonly source: SourceText;
  /** In the order of reports. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What a report needs to know of a rule besides its findings. */
export interface RuleFacts {
  readonly name: string;
  readonly summary: string;
  readonly severity: Severity;
  readonly why: string;
  /** Its page in the documentation, from the root of the package. */
  readonly page: string;
}

/** Everything that reports are made of; the same for every format. */
export interface Report {
  readonly version: string;
  readonly files: readonly FileReport[];
  /** Whether everything that was named could be read. */
  readonly isComplete: boolean;
  /** Of the rules that found something; codes of other parts have none. */
  readonly rules: readonly RuleFacts[];
  /** Names of active rules that could not look at everything, because nothing is known of the machine. */
  readonly skippedRules: readonly string[];
  /** What the reader should know about the run: findings left out by a baseline, or by a limit. */
  readonly notes: readonly string[];
}

export interface ReportOptions {
  readonly color: boolean;
}

/** A report format: a pure function. The text ends with a newline unless it is empty. */
export type Reporter = (report: Report, options: ReportOptions) => string;

/** Every finding of a report, in order. */
export function diagnosticsOf(report: Report): readonly Diagnostic[] {
  return report.files.flatMap((file) => file.diagnostics);
}
