import type { IToken } from 'chevrotain';
import type { Comment, Operator, Problem, Word } from '../../ast/nodes.ts';
import type { Range } from '../../text/range.ts';
import { decodeValue } from './definition-values.ts';
import { problem } from './problems.ts';
import { Comma, DefinitionComment, Equals, Key, NextKey, Semicolon, Value } from './tokens.ts';

/** `key = value value`. */
export interface Pair {
  readonly name: Word;
  readonly operator: Operator;
  readonly values: readonly Word[];
}

/** The words of a definition behind its switch word. */
export interface DefinitionBody {
  readonly words: readonly Word[];
  readonly comments: readonly Comment[];
  readonly pairs: readonly Pair[];
  /** At most one, for which NetBSD stops reading the file. */
  readonly problems: readonly Problem[];
}

/**
 * Reads `key = values, key = values ;`. NetBSD gives up at the first character that does not fit; here the words up to the `;`
 * belong to the definition all the same, so that the next one is found.
 */
export function readBody(head: Range, tokens: readonly IToken[]): DefinitionBody {
  const words: Word[] = [];
  const comments: Comment[] = [];
  const pairs: (Pair & { readonly values: Word[] })[] = [];
  const problems: Problem[] = [];
  /** What may come next. */
  let state: 'first-key' | 'key' | 'equals' | 'values' = 'first-key';
  let name: Word | undefined;
  const expected = (what: string, found: Word): void => {
    if (problems.length === 0)
      problems.push(problem('kv-syntax', found, `${what} should stand here, not '${found.text}'`));
  };
  for (const token of tokens) {
    const word = wordOf(token);
    if (token.tokenType === DefinitionComment) {
      comments.push({ ...word, type: 'Comment' });
      continue;
    }
    const { word: value, fault } = token.tokenType === Value ? decodeValue(token) : { word, fault: null };
    words.push(value);
    if (fault !== null && problems.length === 0) problems.push(problem('kv-syntax', value, fault));
    switch (token.tokenType) {
      case Key:
        if (state === 'equals') expected("'='", word);
        else if (!/^[A-Za-z_]+$/.test(word.text))
          expected("a name of letters and '_' with '=' behind it", word);
        name = word;
        state = 'equals';
        break;
      case Equals:
        if (state !== 'equals' || name === undefined) expected('a name', word);
        else pairs.push({ name, operator: { ...word, type: 'Operator', operator: 'set' }, values: [] });
        state = 'values';
        break;
      case Value:
        pairs.at(-1)?.values.push(value);
        break;
      case Comma:
      case NextKey:
        if (state !== 'values') expected(state === 'equals' ? "'='" : 'a name', word);
        state = 'key';
        break;
      case Semicolon:
        if (state === 'equals' || state === 'key') expected(state === 'equals' ? "'='" : 'a name', word);
        break;
    }
  }
  if (problems.length === 0 && tokens.at(-1)?.tokenType !== Semicolon) {
    problems.push(problem('kv-unterminated', head, "no ';' ends the definition"));
  }
  return { words, comments, pairs, problems };
}

function wordOf(token: IToken): Word {
  const { startOffset: start, image: text } = token;
  return { type: 'Word', start, end: start + text.length, text };
}
