import type { Range } from '../text/range.ts';
import { SourceText } from '../text/source-text.ts';
import { placeholderText } from './placeholder-text.ts';

/** A text whose placeholders became single words of the same length, so that every place stays where it is. */
export interface MaskedText {
  readonly readable: SourceText;
  /** Where placeholders stand: nobody knows what will be there. */
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
  return { readable: new SourceText(source.path, text, source.encoding), opaque };
}

export function touches(ranges: readonly Range[], { start, end }: Range): boolean {
  return ranges.some((range) => range.start < Math.max(end, start + 1) && start < range.end);
}
