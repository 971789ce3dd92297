import type { AssignmentOperator, Word } from '../../ast/nodes.ts';
import { operators } from '../../catalog/sections.ts';
import type { TextLine } from './lines.ts';

/** The words of a text as the daemon cuts them: blanks and tabs separate, nothing else. `offset` is added to ranges. */
export function wordsIn(text: string, from: number, offset = 0): readonly Word[] {
  const words: Word[] = [];
  const pattern = /[^ \t]+/g;
  pattern.lastIndex = from;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const start = offset + match.index;
    words.push({ type: 'Word', start, end: start + match[0].length, text: match[0] });
  }
  return words;
}

/** Whether a line holds nothing but one brace. White space of C may stand around it, so CR is fine here. */
export function isBraceLine(line: TextLine, brace: '{' | '}'): boolean {
  return line.text.startsWith(brace) && /^.[ \t\v\f\r]*$/s.test(line.text);
}

export type AttributeSyntax =
  | { readonly name: string; readonly operator: AssignmentOperator; readonly values: readonly Word[] }
  | { readonly error: 'no-space' | 'bad-operator' | 'nothing' | 'bare-word'; readonly name: string };

/** The operator that stands at a place of a text. */
export function operatorAt(text: string, at: number): (typeof operators)[number] | undefined {
  return operators.find((each) => text.startsWith(each.text, at));
}

/** `NAME OP VALUES` (reference 3). The operator may touch the first value, but not the name. */
export function readAttributeSyntax(line: TextLine): AttributeSyntax {
  const { text } = line;
  const name = /^[^ \t\v\f\r=]*/.exec(text)?.[0] ?? '';
  if (name.length === text.length) return { error: 'bare-word', name };
  if (text[name.length] === '=') return { error: 'no-space', name };
  const blanks = /^[ \t\v\f\r]*/.exec(text.slice(name.length))?.[0] ?? '';
  const at = name.length + blanks.length;
  const operator = operatorAt(text, at);
  if (operator !== undefined) {
    const values = wordsIn(text, at + operator.text.length, line.start);
    return { name, operator: operator.operator, values };
  }
  return { error: at === text.length ? 'nothing' : 'bad-operator', name };
}
