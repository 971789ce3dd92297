import type { Range } from '../text/range.ts';
import type { SourceText } from '../text/source-text.ts';

/** Whether the line before ends in a backslash: what is wrong with this one follows from that. */
export function isContinued(source: SourceText, line: Range): boolean {
  const start = source.lines.startOf(source.lineAt(line.start));
  return /\\[ \t\r]*\n$/.test(source.text.slice(Math.max(0, start - 200), start));
}
