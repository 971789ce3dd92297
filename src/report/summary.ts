import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts';
import { diagnosticsOf, type Report } from './report.ts';

/** The figures under a report. */
export interface Summary {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** Findings that `--fix` repairs, and those for which it takes `--unsafe-fixes`. */
  readonly fixable: { readonly safe: number; readonly unsafe: number };
  /** Rules that were left out, or a part of each, because nothing is known of the machine. */
  readonly skippedRules: number;
}

export function summarize(report: Report): Summary {
  const all = diagnosticsOf(report);
  const count = (severity: Severity) => all.filter((each) => each.severity === severity).length;
  const fixes = (safety: string) => all.filter((each: Diagnostic) => each.fix?.safety === safety).length;
  return {
    files: report.files.length,
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    fixable: { safe: fixes('safe'), unsafe: fixes('unsafe') },
    skippedRules: report.skippedRules.length,
  };
}
