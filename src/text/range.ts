/** A half-open stretch of a source text, in UTF-16 units counted from 0. Nodes carry these two fields themselves. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Whether `inner` lies within `outer`. */
export function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
