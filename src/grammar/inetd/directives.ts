import type { Directive, Word } from '../../ast/nodes.ts';
import type { Range } from '../../text/range.ts';
import { addressWords } from './addresses.ts';
import type { DialectRules } from './dialects.ts';
import { isWhiteSpace } from './lines.ts';

/** `127.0.0.1:` alone on its line: the address of the entries below. */
export function defaultBind(word: Word, rules: DialectRules): Directive {
  return {
    type: 'Directive',
    kind: 'default-bind',
    start: word.start,
    end: word.end,
    keyword: null,
    values: addressWords(word, rules),
  };
}

/** `.include "pattern"`; NetBSD ignores what follows on the line. */
export function includeDirective(keyword: Word, values: readonly Word[]): Directive {
  const end = values.at(-1)?.end ?? keyword.end;
  return { type: 'Directive', kind: 'glob-include', start: keyword.start, end, keyword, values };
}

/** `#@ policy`: one value, or none where the policy ends. */
export function policyDirective(text: string, line: Range): Directive {
  const keyword = wordAt(text, line.start, line.start + 2);
  return {
    type: 'Directive',
    kind: 'ipsec-policy',
    start: line.start,
    end: line.end,
    keyword,
    values: trimmedWord(text, keyword.end, line.end),
  };
}

/** `#:NAME: title`, the group header of update-inetd: the name with its colon, and the title. */
export function sectionDirective(text: string, line: Range): Directive {
  const keyword = wordAt(text, line.start, line.start + 2);
  const colon = text.indexOf(':', keyword.end);
  const name: Word = {
    type: 'Word',
    start: keyword.end,
    end: colon + 1,
    text: text.slice(keyword.end, colon),
  };
  return {
    type: 'Directive',
    kind: 'section',
    start: line.start,
    end: line.end,
    keyword,
    values: [name, ...trimmedWord(text, colon + 1, line.end)],
  };
}

function wordAt(text: string, start: number, end: number): Word {
  return { type: 'Word', start, end, text: text.slice(start, end) };
}

/** The text of a stretch without the white space around it, as one word; none where there is nothing else. */
function trimmedWord(text: string, start: number, end: number): readonly Word[] {
  // Not `trim`, which takes U+FEFF and U+00A0 for white space.
  let from = start;
  let to = end;
  while (from < to && isWhiteSpace(text.charCodeAt(from))) from += 1;
  while (to > from && isWhiteSpace(text.charCodeAt(to - 1))) to -= 1;
  return from === to ? [] : [wordAt(text, from, to)];
}
