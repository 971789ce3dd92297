import type { Range } from '../../text/range.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { Place } from '../report.ts';

/** The place of a node, as messages name it. */
export function placeOf(source: SourceText, { start, end }: Range): Place {
  return { file: source.path, line: source.lineAt(start), location: { source, range: { start, end } } };
}
