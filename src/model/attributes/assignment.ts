import type { Word } from '../../ast/nodes.ts';
import type { CatalogueAttribute } from '../../catalog/attribute.ts';
import type { Range } from '../../text/range.ts';
import type { Context } from '../context.ts';
import type { AttributeLine, Draft } from '../draft.ts';
import { type LogSeverity, placedMessage } from '../report.ts';
import type { ModelDiagnostic } from '../service.ts';

/** One well-formed attribute line on its way into a draft. */
export interface Assignment {
  readonly attribute: CatalogueAttribute;
  readonly line: AttributeLine;
  readonly draft: Draft;
  readonly context: Context;
}

/** Reads the words of a line into the draft; false when the attribute failed (what was read before stays). */
export type ValueReader = (assignment: Assignment) => boolean;

/** A message about the line, or about one of its words, with file and line. */
export function remark(
  { line, context }: Assignment,
  severity: LogSeverity,
  code: string,
  message: string,
  at?: Range,
): ModelDiagnostic {
  const { place } = line;
  const location = at === undefined ? place.location : { source: place.location.source, range: at };
  const diagnostic = placedMessage(severity, code, message, { file: place.file, line: place.line, location });
  context.report(diagnostic);
  return diagnostic;
}

/**
 * A message that costs the entry. Returns false, for the reader to hand on. The daemon calls some of them warnings.
 */
export function reject(
  assignment: Assignment,
  code: string,
  message: string,
  at?: Range,
  severity: LogSeverity = 'ERROR',
): false {
  const tag = assignment.context.quirks.has('mild-severities') ? severity : 'ERROR';
  const diagnostic = remark(assignment, tag, code, message, at);
  assignment.draft.faults.push({ attribute: assignment.attribute.name, diagnostic });
  return false;
}

/** The only word of a line whose count was checked before. */
export function onlyWord(assignment: Assignment): Word {
  return wordAt(assignment, 0);
}

/** A word of a line whose count was checked before. */
export function wordAt({ line, attribute }: Assignment, index: number): Word {
  const word = line.values[index];
  if (word === undefined) throw new RangeError(`${attribute.name} has no value ${index}`);
  return word;
}
