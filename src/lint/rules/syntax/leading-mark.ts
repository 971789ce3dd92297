import { isWide } from '../../../text/is-text.ts';

/** A byte order mark as it looks once the bytes are text: decoded, or one unit for one byte. */
export interface LeadingMark {
  readonly encoding: 'UTF-8' | 'UTF-16' | 'UTF-32';
  readonly length: number;
}

/** The byte order mark that a text begins with; UTF-16 shows also without one, and its first character stands for it. */
export function leadingMark(text: string): LeadingMark | undefined {
  if (text.startsWith('\uFEFF')) return { encoding: 'UTF-8', length: 1 };
  if (text.startsWith('\xEF\xBB\xBF')) return { encoding: 'UTF-8', length: 3 };
  if (text.startsWith('\xFF\xFE\0\0') || text.startsWith('\0\0\xFE\xFF'))
    return { encoding: 'UTF-32', length: 4 };
  if (text.startsWith('\xFF\xFE') || text.startsWith('\xFE\xFF')) return { encoding: 'UTF-16', length: 2 };
  const start = Uint8Array.from(text.slice(0, 16), (character) => character.charCodeAt(0));
  return isWide(start) ? { encoding: 'UTF-16', length: 2 } : undefined;
}
