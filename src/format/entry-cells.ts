/** How many words of an inetd.conf line have a column of their own; the arguments behind them are one cell. */
export const headWords = 6;

/**
 * Quotes, comments and line joints: what they do to the blanks around them differs from dialect to dialect, so where one
 * comes up blanks stay as they are.
 */
const special = /["'#\\]/;

/** Whether a piece of a line means the same in every dialect however many blanks it has. */
export function isPlain(text: string): boolean {
  return !special.test(text);
}

/** The first words of an entry as cells, and the rest as one; null where a column could change what the line means. */
export function entryCells(head: readonly string[], rest: string): readonly string[] | null {
  if (!head.every(isPlain)) return null;
  return rest === '' ? head : [...head, rest];
}
