import type { LineEntry, TopLevel, Word } from '../ast/nodes.ts';
import type { ParseResult } from '../grammar/result.ts';
import type { Range } from '../text/range.ts';
import type { SourceText } from '../text/source-text.ts';
import { alignEntries, type EntryRow } from './align-entries.ts';
import { entryCells, headWords, isPlain } from './entry-cells.ts';
import type { KeptNodes } from './kept-nodes.ts';
import { originOf } from './origin.ts';
import { verbatim, wholeLines } from './source-lines.ts';
import { type SourcePiece, sourcePieces } from './source-piece.ts';
import { placeBehind } from './tab-columns.ts';

/** The shortest line that a daemon is known to cut (OpenBSD, Debian, netkit); what it cuts off is a line of its own. */
const lineLimit = 1023;

/**
 * inetd.conf piece by piece: the words of an entry's first line in columns, all else as it stands. What a line means
 * depends on the daemon, so only blanks change that every one of them takes for the same.
 */
export function formatInetd(result: ParseResult, kept: KeptNodes): readonly SourcePiece[] {
  const { source, file } = result;
  const tails = new Map<TopLevel, string>();
  const aligned = alignEntries(file.children, (entry) => {
    const isKept = kept.faulty.has(entry) || kept.ignored.has(entry);
    const line = isKept ? null : readFirstLine(entry, source);
    if (line === null) return null;
    tails.set(entry, line.tail);
    return line;
  });
  return sourcePieces(result, kept, (node) => {
    const line = aligned.get(node);
    const tail = tails.get(node);
    if (line === undefined || tail === undefined) return null;
    const isSafe = line.length <= lineLimit && firstLineEnd(node, source) - node.start <= lineLimit;
    return isSafe ? line + tail : null;
  });
}

/** The line that begins an entry; lines that continue it are left alone. */
interface FirstLine extends EntryRow {
  /** What stands behind its words: its end, and the lines that continue it. */
  readonly tail: string;
}

/** Null where the line must stay as it is. */
function readFirstLine(entry: LineEntry, source: SourceText): FirstLine | null {
  const isAtLineStart = wholeLines(source, entry).start === entry.start;
  if (!isAtLineStart || entry.disabled?.leaf) return null;
  const end = firstLineEnd(entry, source);
  const words = entry.fields.filter((word) => word.start < end);
  const { start } = entry;
  // `127.0.0.1: echo` is an address and a service in one column, for who reads it so.
  const inService = words[0]?.text.endsWith(':') === true ? 2 : 1;
  const behind = inService - 1 + headWords;
  const head = words.slice(inService, behind);
  const rest = words.slice(behind);
  const service = words.slice(0, inService).map((word) => source.slice(word));
  const cells = entryCells(
    [service.join(' '), ...head.map((word) => source.slice(word))],
    argumentText(rest, source),
  );
  if (cells === null) return null;
  const places = [...head, ...rest.slice(0, 1)].map((word) =>
    placeBehind(source.text.slice(start, word.start)),
  );
  return { cells, places: [0, ...places], tail: tailBehind(words.at(-1) ?? entry, entry, source) };
}

/** Arguments with one blank between them, or as they stand where a blank may mean more. */
function argumentText(words: readonly Word[], source: SourceText): string {
  const text = source.text.slice(words[0]?.start, words.at(-1)?.end ?? 0);
  return isPlain(text) ? words.map((word) => word.text).join(' ') : text;
}

function firstLineEnd(node: Range, { text }: SourceText): number {
  const lineFeed = text.indexOf('\n', node.start);
  return lineFeed === -1 ? text.length : lineFeed;
}

function tailBehind(last: Range, entry: LineEntry, source: SourceText): string {
  const { text } = source;
  const end = firstLineEnd(entry, source) + 1;
  const isBlank = /^[ \t\r\n]*$/.test(text.slice(last.end, end));
  // Blanks behind a backslash keep it from joining lines.
  const isFree = isBlank && text[last.end - 1] !== '\\';
  const lineEnd = isFree ? originOf(source).lineEndAfter(last) : verbatim(source, { start: last.end, end });
  const lines = wholeLines(source, entry);
  return end < lines.end ? lineEnd + verbatim(source, { start: end, end: lines.end }) : lineEnd;
}
