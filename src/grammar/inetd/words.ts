import type { Comment, Problem, Word } from '../../ast/nodes.ts';
import type { Range } from '../../text/range.ts';
import type { DialectRules } from './dialects.ts';
import { problem } from './problems.ts';

/** What a line of an entry is made of. */
export interface CutLine {
  readonly words: Word[];
  /** Quotes that dialects read differently, or that nobody closed. */
  readonly problems: Problem[];
  /** The comment at the end, in the dialects that know one; more than one where it goes on over joined lines. */
  readonly comments: Comment[];
}

const tab = 0x09;
const blank = 0x20;
const doubleQuote = 0x22;
const hash = 0x23;
const singleQuote = 0x27;

/** Cuts a stretch of a line into words, in the dialect's way with quotes and comments. */
export function cutWords(text: string, line: Range, rules: DialectRules, into: CutLine): void {
  const quotes = rules.quoting !== 'literal';
  const hashEnds = rules.hash === 'anywhere';
  if (into.comments.length > 0) {
    into.comments.push(commentAt(text, line.start, line.end));
    return;
  }
  let at = line.start;
  while (at < line.end) {
    let code = text.charCodeAt(at);
    if (isBlank(code)) {
      at += 1;
      continue;
    }
    if (code === hash && hashEnds) {
      into.comments.push(commentAt(text, at, line.end));
      return;
    }
    let end = at;
    while (end < line.end) {
      code = text.charCodeAt(end);
      if (isBlank(code) || (code === hash && hashEnds) || (quotes && isQuote(code))) break;
      end += 1;
    }
    const word: Word =
      quotes && end < line.end && isQuote(code)
        ? wordWithQuotes(text, at, end, line.end, rules, into.problems)
        : { type: 'Word', start: at, end, text: text.slice(at, end) };
    into.words.push(word);
    at = word.end;
  }
}

function commentAt(text: string, start: number, end: number): Comment {
  return { type: 'Comment', start, end, text: text.slice(start, end) };
}

/** An empty line to cut words into. */
export function nothingCut(): CutLine {
  return { words: [], problems: [], comments: [] };
}

/** A word from `start` whose first quote stands at `quote`. */
function wordWithQuotes(
  text: string,
  start: number,
  quote: number,
  lineEnd: number,
  rules: DialectRules,
  problems: Problem[],
): Word {
  switch (rules.quoting) {
    case 'leading':
      return quote === start ? quotedWord(text, start, lineEnd, false) : plainWord(text, start, lineEnd);
    case 'splitting':
      return splittingWord(text, start, quote, lineEnd);
    case 'shell':
    case 'literal':
      return shellWord(text, start, lineEnd, rules, problems);
  }
}

/** A quoted word that ends with its closing quote; without one it is the rest of the line, with its quote or not. */
function quotedWord(text: string, start: number, lineEnd: number, keepsOpenQuote: boolean): Word {
  const close = closingQuote(text, start, lineEnd);
  if (close !== -1) return { type: 'Word', start, end: close + 1, text: text.slice(start + 1, close) };
  return { type: 'Word', start, end: lineEnd, text: text.slice(keepsOpenQuote ? start : start + 1, lineEnd) };
}

/** GNU: both quotes begin a word where a word may begin, in the middle of one only the double quote does. */
function splittingWord(text: string, start: number, quote: number, lineEnd: number): Word {
  if (quote === start) return quotedWord(text, start, lineEnd, true);
  let end = start;
  while (end < lineEnd && !isBlank(text.charCodeAt(end)) && text.charCodeAt(end) !== doubleQuote) end += 1;
  return { type: 'Word', start, end, text: text.slice(start, end) };
}

function plainWord(text: string, start: number, lineEnd: number): Word {
  let end = start;
  while (end < lineEnd && !isBlank(text.charCodeAt(end))) end += 1;
  return { type: 'Word', start, end, text: text.slice(start, end) };
}

/** NetBSD and the union: quoted and unquoted pieces make one word. */
function shellWord(
  text: string,
  start: number,
  lineEnd: number,
  rules: DialectRules,
  problems: Problem[],
): Word {
  let value = '';
  let pieces = 0;
  let at = start;
  let unterminated = false;
  while (at < lineEnd && !isBlank(text.charCodeAt(at))) {
    const quoted = isQuote(text.charCodeAt(at));
    const close = quoted ? closingQuote(text, at, lineEnd) : pieceEnd(text, at, lineEnd);
    unterminated = close === -1;
    const end = unterminated ? lineEnd : close;
    value += text.slice(quoted ? at + 1 : at, end);
    at = quoted && !unterminated ? end + 1 : end;
    pieces += 1;
  }
  const word: Word = { type: 'Word', start, end: at, text: value };
  if (rules.dialect === 'auto' && unterminated) {
    problems.push(problem('unterminated-quote', word, 'the quote is not closed on its line'));
  } else if (rules.dialect === 'auto' && pieces > 1) {
    problems.push(problem('quote-mid-word', word, 'only NetBSD reads quotes inside a word'));
  }
  return word;
}

function isBlank(code: number): boolean {
  return code === blank || code === tab;
}

function isQuote(code: number): boolean {
  return code === doubleQuote || code === singleQuote;
}

function pieceEnd(text: string, start: number, lineEnd: number): number {
  let end = start;
  while (end < lineEnd && !isBlank(text.charCodeAt(end)) && !isQuote(text.charCodeAt(end))) end += 1;
  return end;
}

/** Not `indexOf`, which would look for a missing quote in the rest of the file. */
function closingQuote(text: string, open: number, lineEnd: number): number {
  const quote = text.charCodeAt(open);
  for (let at = open + 1; at < lineEnd; at += 1) {
    if (text.charCodeAt(at) === quote) return at;
  }
  return -1;
}
