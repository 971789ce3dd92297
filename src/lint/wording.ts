import type { SourceText } from '../text/source-text.ts';

/** Pieces of sentences that many messages share. */

const longestQuote = 60;

/** A word of the input in a message; long ones are cut, because the frame shows the rest. */
export function quote(text: string): string {
  const shown = text.length > longestQuote ? `${text.slice(0, longestQuote - 3)}...` : text;
  return `'${shown}'`;
}

/** `1 value`, `2 values`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  if (words.length <= 1) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}

const mostNames = 5;

/** Names of services, each once, quoted: `'a', 'b' and 3 more`. */
export function nameServices(names: readonly string[]): string {
  const all = [...new Set(names)];
  // One more is as short as saying so.
  const shown = all.length <= mostNames + 1 ? all : all.slice(0, mostNames);
  const more = all.length - shown.length;
  return list([...shown.map(quote), ...(more === 0 ? [] : [`${more} more`])]);
}

/** `; did you mean 'x'?`, or nothing where there is nothing to suggest. */
export function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : `; did you mean '${suggestion}'?`;
}

/** A line for a sentence about another one: of the same file by its number alone. */
export function lineFrom(source: SourceText, offset: number, here: SourceText): string {
  const line = `line ${source.lineAt(offset)}`;
  return source === here ? line : `${line} of ${source.path}`;
}
