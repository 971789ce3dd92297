import { roomFor } from '../../../model/reader/long-lines.ts';
import type { Range } from '../../../text/range.ts';
import type { SourceText } from '../../../text/source-text.ts';

/** What there is room for wherever a line stands. */
const leastRoom = roomFor(0);

/** The first line that the daemon does not read whole: where it stands in its block decides how short it has to be. */
export function findCutLine(source: SourceText): Range | undefined {
  const { text, lines } = source;
  // A unit is at most three bytes: no line of a text this short can be too long.
  if (text.length * 3 < leastRoom) return undefined;
  let offset = 0;
  for (let line = 1; line <= lines.count; line += 1) {
    const start = lines.startOf(line);
    const end = line < lines.count ? lines.startOf(line + 1) - 1 : text.length;
    const length = source.encode(text.slice(start, end)).length;
    if (length >= roomFor(offset)) return { start, end };
    offset += length + 1;
  }
  return undefined;
}
