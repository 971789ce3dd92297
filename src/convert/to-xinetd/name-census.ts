import type { SourceText } from '../../text/source-text.ts';

/** The service names of a file, rather one too many than one too few. */
export interface NameCensus {
  readonly names: ReadonlySet<string>;
  /** Those that may be in more than one entry. */
  readonly repeated: ReadonlySet<string>;
}

/** Counts names by the first words of lines alone, so that only entries whose names repeat must be looked at twice. */
export function takeCensus({ text }: SourceText): NameCensus {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  let multipliesAll = false;
  for (let at = 0; at < text.length; ) {
    const lineEnd = text.indexOf('\n', at);
    const end = lineEnd === -1 ? text.length : lineEnd;
    const word = text.startsWith('#', at) ? offWord(text.slice(at, end)) : firstWord(text, at, end);
    at = end + 1;
    if (word === '') continue;
    const colon = word.lastIndexOf(':');
    // With a list of addresses for all lines below every one of them becomes several entries.
    if (colon === word.length - 1 && word.includes(',')) multipliesAll = true;
    const name = plainName(word, colon);
    if (seen.has(name) || word.lastIndexOf(',', colon) !== -1) repeated.add(name);
    seen.add(name);
  }
  return { names: seen, repeated: multipliesAll ? seen : repeated };
}

const blank = 0x20;
const tab = 0x09;
const carriageReturn = 0x0d;

function firstWord(text: string, lineStart: number, lineEnd: number): string {
  let start = lineStart;
  while (start < lineEnd && isBlank(text.charCodeAt(start))) start += 1;
  let end = start;
  while (end < lineEnd && !isBlank(text.charCodeAt(end))) end += 1;
  return text.slice(start, end);
}

function offWord(comment: string): string {
  return /^#[ \t]*<off>#?[ \t]*([^ \t\r]+)/.exec(comment)?.[1] ?? '';
}

/** Without address, `tcpmux/` and version. */
function plainName(word: string, colon: number): string {
  const name = colon === -1 ? word : word.slice(colon + 1);
  if (!/["'/]/.test(name)) return name;
  return name
    .replace(/^tcpmux\/\+?/, '')
    .replace(/\/.*/, '')
    .replaceAll(/["']/g, '');
}

function isBlank(code: number): boolean {
  return code === blank || code === tab || code === carriageReturn;
}
