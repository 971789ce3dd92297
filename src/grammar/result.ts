import type { File, Problem } from '../ast/nodes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceText } from '../text/source-text.ts';

/** What parsing gives, whatever the text was. */
export interface ParseResult {
  readonly source: SourceText;
  readonly file: File;
}

/** Every fault found while parsing, in source order; those of an entry stand on the entry itself. */
export function problemsOf(file: File): readonly Problem[] {
  const problems: Problem[] = [...file.problems];
  for (const node of file.children) {
    if (node.type !== 'Entry') continue;
    for (const problem of node.problems) problems.push(problem);
  }
  return problems.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** A fault as a finding of its file. */
export function diagnosticOf(
  { code, severity, message, start, end }: Problem,
  source: SourceText,
): Diagnostic {
  return { code, severity, message, location: { source, range: { start, end } } };
}
