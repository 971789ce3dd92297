import type { Location } from '../diagnostics/diagnostic.ts';
import type { Position } from '../text/line-index.ts';

/** Both ends of a location for people: lines and columns count from 1, the end is the column behind the last. */
export interface Span {
  readonly start: Position;
  readonly end: Position;
}

export function spanOf({ source, range }: Location): Span {
  return { start: source.positionAt(range.start), end: source.positionAt(range.end) };
}
