import type { Range } from '../text/range.ts';
import { SourceText } from '../text/source-text.ts';
import { placeholderText } from './placeholder-text.ts';

/** A text whose placeholders became single words of the same length, so that every place stays where it is. */
export interface MaskedText {
  readonly readable: SourceText;
  /** Where placeholders stand, in order: nobody knows what will be there. */
  readonly opaque: readonly Range[];
}

/** Replaces what the patterns match; each pattern is global. */
export function maskTemplates(source: SourceText, patterns: readonly RegExp[]): MaskedText {
  const opaque: Range[] = [];
  let { text } = source;
  for (const pattern of patterns) {
    text = text.replace(pattern, (match, ...rest: unknown[]) => {
      const start = rest.find((each): each is number => typeof each === 'number') ?? 0;
      if (match !== '') opaque.push({ start, end: start + match.length });
      return placeholderText(match, text.slice(0, start), text.slice(start + match.length));
    });
  }
  if (opaque.length === 0) return { readable: source, opaque };
  opaque.sort((a, b) => a.start - b.start);
  return { readable: new SourceText(source.path, text, source.encoding), opaque };
}

/** Whether something of a range is left open. */
export function touches(opaque: readonly Range[], { start, end }: Range): boolean {
  return opaqueIn(opaque, { start, end: Math.max(end, start + 1) }).length > 0;
}

/** What is left open in a range: by halves, for a large template leaves as much open as it has findings. */
export function opaqueIn(opaque: readonly Range[], { start, end }: Range): readonly Range[] {
  const first = firstNot(opaque, 0, (each) => each.end <= start);
  return opaque.slice(
    first,
    firstNot(opaque, first, (each) => each.start < end),
  );
}

/** The first from an index on that is not as the condition says; behind it none is. */
function firstNot(ranges: readonly Range[], from: number, isBefore: (range: Range) => boolean): number {
  let low = from;
  for (let high = ranges.length; low < high; ) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (range !== undefined && isBefore(range)) low = middle + 1;
    else high = middle;
  }
  return low;
}
