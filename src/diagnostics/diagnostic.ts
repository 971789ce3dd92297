import type { Range } from '../text/range.ts';
import type { SourceText } from '../text/source-text.ts';
import type { TextEdit } from '../text/text-edit.ts';

/** How bad a finding is for the user. The tags of daemon log lines (ERROR, WARNING, NOTICE ...) are another thing. */
export type Severity = 'error' | 'warning' | 'info';

/** Where something stands: a range of a named source. */
export interface Location {
  readonly source: SourceText;
  readonly range: Range;
}

/** Another place that belongs to a finding, with what it has to do with it. */
export interface RelatedLocation extends Location {
  readonly message: string;
}

/** `safe` cannot start a service, open a port or admit a client that was not before; everything else is `unsafe`. */
export type FixSafety = 'safe' | 'unsafe';

/** A set of edits of the file of the finding. */
export interface Fix {
  readonly description: string;
  readonly safety: FixSafety;
  readonly edits: readonly TextEdit[];
}

/** The one shape of a finding, whoever makes it: grammar, model, linter or converter. */
export interface Diagnostic {
  /** Lint rule (`syntax/trailing-comment`) or the code of the part that found it (`missing-field`). */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong, with the offending word quoted, and what to write instead. */
  readonly message: string;
  /** What the real daemon does with the text, in one clause. */
  readonly effect?: string;
  readonly location: Location;
  readonly related?: readonly RelatedLocation[];
  readonly fix?: Fix;
  /** The range holds a secret: no report shows its text. */
  readonly isSecret?: boolean;
}

/** Order of reports: file, place, code; the same on every machine. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  const left = a.location;
  const right = b.location;
  if (left.source.path !== right.source.path) return left.source.path < right.source.path ? -1 : 1;
  return (
    compareOffsets(left, right, 'start') ||
    compareOffsets(left, right, 'end') ||
    (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)
  );
}

/** Two excerpts of one file have offsets of their own. */
function compareOffsets(left: Location, right: Location, end: keyof Range): number {
  if (left.source === right.source) return left.range[end] - right.range[end];
  const one = left.source.positionAt(left.range[end]);
  const other = right.source.positionAt(right.range[end]);
  return one.line - other.line || one.column - other.column;
}
