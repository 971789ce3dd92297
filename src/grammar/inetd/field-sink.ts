import type { InetdKey } from '../../ast/inetd-keys.ts';
import type { Attribute, Problem, Word } from '../../ast/nodes.ts';
import type { Range } from '../../text/range.ts';
import type { DialectRules } from './dialects.ts';
import { type InetdProblemCode, problem } from './problems.ts';

/** Collects what the words of one entry say. */
export class FieldSink {
  readonly rules: DialectRules;
  readonly attributes: Attribute[] = [];
  readonly problems: Problem[] = [];

  constructor(rules: DialectRules) {
    this.rules = rules;
  }

  /** An attribute with one value, a piece of a positional line. */
  add(key: InetdKey, value: Word): void {
    this.addList(key, [value]);
  }

  /** An attribute with all these values, and none where there are no values. */
  addList(key: InetdKey, values: readonly Word[]): void {
    const first = values[0];
    if (first === undefined) return;
    this.attributes.push({
      type: 'Attribute',
      start: first.start,
      end: (values[values.length - 1] ?? first).end,
      key,
      name: null,
      operator: null,
      values,
    });
  }

  report(code: InetdProblemCode, at: Range, message: string, severity?: Problem['severity']): void {
    this.problems.push(problem(code, at, message, severity));
  }
}

/** A piece of a word. Where quotes were taken out the offsets say nothing, and the piece has the range of the word. */
export function piece(word: Word, from: number, to: number = word.text.length): Word {
  if (from === 0 && to === word.text.length) return word;
  const text = word.text.slice(from, to);
  if (word.end - word.start !== word.text.length)
    return { type: 'Word', start: word.start, end: word.end, text };
  return { type: 'Word', start: word.start + from, end: word.start + to, text };
}

/** The same place with another text: what the piece means. */
export function meaning(word: Word, text: string): Word {
  return { type: 'Word', start: word.start, end: word.end, text };
}

/** A decimal number without sign, or null. Larger ones than can be counted with are none. */
export function decimal(text: string, max: number = Number.MAX_SAFE_INTEGER): number | null {
  if (!/^[0-9]+$/.test(text)) return null;
  const value = Number(text);
  return value <= max ? value : null;
}
