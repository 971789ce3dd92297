import type { Format } from '../ast/nodes.ts';
import type { SourceText } from '../text/source-text.ts';

/**
 * How much of a file is looked at: its first lines that are no comments decide, of which some files have none for long, and how
 * far into each.
 */
const scannedLines = 200;
const mostLines = 10_000;
const scannedLength = 1024;

/** How many lines speak for a format: surely, or only if nothing else is to be had. */
interface Score {
  sure: number;
  weak: number;
}

/**
 * Which of the two formats a text is in. The content decides: sections and lone braces are xinetd.conf, a socket type
 * as the second of at least four words is inetd.conf. Where no line is sure, assignments and entries that are commented
 * out count; then the name; and in the end it is xinetd.conf.
 */
export function detectFormat(source: SourceText): Format {
  const xinetd: Score = { sure: 0, weak: 0 };
  const inetd: Score = { sure: 0, weak: 0 };
  let words: readonly string[] = [];
  let scanned = 0;
  for (const line of firstLines(source.text)) {
    if (/^[ \t]*#/.test(line)) {
      scoreComment(line, xinetd, inetd);
      continue;
    }
    if (/\S/.test(line)) scanned += 1;
    if (scanned > scannedLines) break;
    if (isSectionLine(line)) xinetd.sure += 1;
    else if (isAssignment(line)) xinetd.weak += 1;
    else {
      // An indented line may go on with the entry above it.
      words = /^[ \t]/.test(line) ? [...words, ...wordsOf(line)] : wordsOf(line);
      if (isEntry(words) || isDirective(words)) inetd.sure += 1;
      continue;
    }
    words = [];
  }
  const lead = xinetd.sure - inetd.sure || xinetd.weak - inetd.weak;
  if (lead !== 0) return lead > 0 ? 'xinetd' : 'inetd';
  return formatOfName(source.path) ?? 'xinetd';
}

function* firstLines(text: string): Generator<string> {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  for (let line = 0; line < mostLines && at < text.length; line += 1) {
    const lineFeed = text.indexOf('\n', at);
    const end = lineFeed === -1 ? text.length : lineFeed;
    yield text.slice(at, Math.min(end, at + scannedLength)).replace(/\r$/, '');
    at = end + 1;
  }
}

/** Update-inetd and IPsec lines are part of the language; other comments may hold what was a line once. */
function scoreComment(line: string, xinetd: Score, inetd: Score): void {
  if (/^#<off>#/.test(line)) inetd.sure += 1;
  // Headers of groups stay as comments in what was converted.
  else if (/^#@|^#:[A-Z-]+:/.test(line)) inetd.weak += 1;
  else {
    const text = line.replace(/^[ \t#]+/, '');
    if (isAssignment(text)) xinetd.weak += 1;
    else if (isWholeEntry(wordsOf(text))) inetd.weak += 1;
  }
}

function isSectionLine(line: string): boolean {
  return /^[ \t]*(?:[{}][ \t]*$|(?:service|defaults|include|includedir)(?:[ \t{]|$))/i.test(line);
}

function isAssignment(line: string): boolean {
  return /^[ \t]*[a-z_0-9]+[ \t]*[+-]?=(?:[ \t]|$)/i.test(line);
}

function wordsOf(line: string): readonly string[] {
  return line.split(/[ \t]+/).filter((word) => word !== '');
}

const socketType = /^(?:stream|dgram|raw|rdm|seqpacket|tli|xti|sunrpc_(?:tcp|udp))(?:[:,/]|$)/;

/** A positional line, short ones included, or the beginning of a NetBSD definition. */
function isEntry(words: readonly string[]): boolean {
  const [, second = ''] = words;
  return /^o(?:n|ff)(?:#|$)/.test(second) || (words.length >= 4 && socketType.test(second));
}

/** In a comment only what surely was an entry counts: prose has words like `stream`, too. */
function isWholeEntry(words: readonly string[]): boolean {
  return words.length >= 6 && socketType.test(words[1] ?? '') && /^(?:no|s)?wait/.test(words[3] ?? '');
}

/** `.include pattern`, or a default address alone on its line. */
function isDirective([first = '', ...others]: readonly string[]): boolean {
  return first === '.include' || (others.length === 0 && /.:$/.test(first));
}

/** What a path mentions last: `/etc/xinetd.d/tftp`, `inetd.conf.orig`. */
function formatOfName(path: string): Format | undefined {
  return path
    .match(/x?inetd/gi)
    ?.at(-1)
    ?.toLowerCase() as Format | undefined;
}
