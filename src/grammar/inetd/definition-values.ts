import type { IToken } from 'chevrotain';
import type { Word } from '../../ast/nodes.ts';

/** A value word with its quotes and escapes taken out, and what is wrong with them. */
export interface DecodedValue {
  readonly word: Word;
  readonly fault: string | null;
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\',
  n: '\n',
  t: '\t',
  r: '\r',
  "'": "'",
  '"': '"',
};

/** Escapes count inside quotes only; pieces in and outside quotes make one word. */
export function decodeValue(token: IToken): DecodedValue {
  const { image, startOffset: start } = token;
  let text = '';
  let fault: string | null = null;
  let quote = '';
  for (let at = 0; at < image.length; at += 1) {
    const char = image.charAt(at);
    if (quote === '') {
      if (char === '"' || char === "'") quote = char;
      else text += char;
    } else if (char === quote) {
      quote = '';
    } else if (char !== '\\') {
      text += char;
    } else {
      const [sequence, value] = escapeAt(image, at);
      if (value === null) fault ??= `'${sequence}' is no escape sequence`;
      text += value ?? sequence;
      at += sequence.length - 1;
    }
  }
  if (quote !== '') fault = `the quote ${quote} is not closed on its line`;
  return { word: { type: 'Word', start, end: start + image.length, text }, fault };
}

function escapeAt(image: string, at: number): readonly [sequence: string, value: string | null] {
  const [hex] = /^\\x[0-9A-Fa-f]{2}/.exec(image.slice(at, at + 4)) ?? [];
  if (hex !== undefined) return [hex, String.fromCharCode(Number.parseInt(hex.slice(2), 16))];
  const sequence = image.slice(at, at + 2);
  return [sequence, escapes[sequence.charAt(1)] ?? null];
}
