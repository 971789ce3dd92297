import type { AssignmentOperator, Word } from '../../ast/nodes.ts';
import { operators } from '../../catalog/sections.ts';

/** A line with text on it that is no comment. */
export interface TextLine {
  /** Offset of the first character that is no white space. */
  readonly start: number;
  /** Up to the line end or a NUL byte; a CR in front of the line end is part of it. */
  readonly text: string;
  /** White space in front. Where words are cut, only blanks and tabs of it separate. */
  readonly indentation: string;
}

/** Whether a character is white space of C; LF does not occur in a line. */
export function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d && code !== 0x0a);
}

/** What separates the words of a line: VT, FF and CR are part of a word. */
function isSeparator(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** The words of a text as the daemon cuts them. `offset` is added to their ranges. */
export function wordsIn(text: string, from: number, offset = 0): Word[] {
  const words: Word[] = [];
  for (let at = from; at < text.length; at += 1) {
    if (isSeparator(text.charCodeAt(at))) continue;
    const start = at;
    while (at < text.length && !isSeparator(text.charCodeAt(at))) at += 1;
    words.push({ type: 'Word', start: offset + start, end: offset + at, text: text.slice(start, at) });
  }
  return words;
}

/** Whether a line holds nothing but one brace. White space of C may stand behind it, so CR is fine here. */
export function isBraceLine({ text }: TextLine, brace: '{' | '}'): boolean {
  if (!text.startsWith(brace)) return false;
  for (let at = 1; at < text.length; at += 1) if (!isSpace(text.charCodeAt(at))) return false;
  return true;
}

export type AttributeSyntax =
  | { readonly name: string; readonly operator: AssignmentOperator; readonly values: readonly Word[] }
  | { readonly error: 'no-space' | 'bad-operator' | 'nothing' | 'bare-word'; readonly name: string };

/** The operator that stands at a place of a text. */
export function operatorAt(text: string, at: number): (typeof operators)[number] | undefined {
  return operators.find((each) => text.startsWith(each.text, at));
}

/** `NAME OP VALUES` (reference 3). The operator may touch the first value, but not the name. */
export function readAttributeSyntax({ text, start }: TextLine): AttributeSyntax {
  let at = 0;
  while (at < text.length && text[at] !== '=' && !isSpace(text.charCodeAt(at))) at += 1;
  const name = text.slice(0, at);
  if (at === text.length) return { error: 'bare-word', name };
  if (text[at] === '=') return { error: 'no-space', name };
  while (at < text.length && isSpace(text.charCodeAt(at))) at += 1;
  const operator = operatorAt(text, at);
  if (operator !== undefined) {
    return { name, operator: operator.operator, values: wordsIn(text, at + operator.text.length, start) };
  }
  return { error: at === text.length ? 'nothing' : 'bad-operator', name };
}
