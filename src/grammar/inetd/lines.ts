import type { IToken } from 'chevrotain';
import type { Range } from '../../text/range.ts';
import type { DialectRules } from './dialects.ts';

const tab = 0x09;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const blank = 0x20;

export function rangeOf(token: IToken): Range {
  return { start: token.startOffset, end: token.startOffset + token.image.length };
}

/** The physical lines in a stretch of text that begins with one, each with its line end. */
export function* physicalLines(text: string, stretch: Range): Generator<Range> {
  for (let start = stretch.start; start < stretch.end; ) {
    const lineEnd = text.indexOf('\n', start);
    const end = lineEnd === -1 || lineEnd >= stretch.end ? stretch.end : lineEnd + 1;
    yield { start, end };
    start = end;
  }
}

/** A physical line without its line end. */
export function withoutLineEnd(text: string, line: Range): Range {
  let { end } = line;
  if (end > line.start && text.charCodeAt(end - 1) === lineFeed) end -= 1;
  if (end > line.start && text.charCodeAt(end - 1) === carriageReturn) end -= 1;
  return { start: line.start, end };
}

/** The part of a physical line in which words stand: without the white space around them, as the dialect sees it. */
export function wordsPart(text: string, line: Range, rules: DialectRules): Range {
  let { start, end } = line;
  if (end > start && text.charCodeAt(end - 1) === lineFeed) end -= 1;
  if (rules.carriageReturn === 'dropped' && end > start && text.charCodeAt(end - 1) === carriageReturn)
    end -= 1;
  const isTrimmed = rules.carriageReturn === 'white-space' ? isWhiteSpace : isBlank;
  while (end > start && isTrimmed(text.charCodeAt(end - 1))) end -= 1;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  return { start, end };
}

function isBlank(code: number): boolean {
  return code === blank || code === tab;
}

/** What C takes for white space. */
export function isWhiteSpace(code: number): boolean {
  return code === blank || (code >= tab && code <= carriageReturn);
}
