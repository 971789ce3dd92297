import stringWidth from 'string-width';
import type { Location } from '../diagnostics/diagnostic.ts';
import { escapeControl } from '../text/escape-control.ts';

/** Lines that are wider are shown around the place in question only. */
const widestLine = 110;
const tab = '    ';

/** The line of a location with its number, and carets under the exact range. */
export interface CodeFrame {
  readonly line: number;
  readonly text: string;
  /** White space up to the range, then one caret for each column of it. */
  readonly indent: string;
  readonly carets: string;
}

/** Only the first line of a range that goes over several is shown. */
export function codeFrame({ source, range }: Location): CodeFrame {
  const line = source.lineAt(range.start);
  const lineStart = source.lines.startOf(line);
  const newline = source.text.indexOf('\n', lineStart);
  const lineEnd = newline === -1 ? source.text.length : newline;
  const end = Math.min(range.end, lineEnd);
  let before = show(source.text.slice(lineStart, range.start));
  const marked = show(source.text.slice(range.start, end));
  let behind = show(source.text.slice(end, lineEnd).replace(/\r$/, ''));
  if (before.length > widestLine / 2) before = `...${before.slice(-widestLine / 2)}`;
  const room = Math.max(0, widestLine - before.length - marked.length);
  if (behind.length > room) behind = `${behind.slice(0, room)}...`;
  const shown = marked.length > widestLine ? `${marked.slice(0, widestLine)}...` : marked;
  return {
    line,
    text: before + shown + behind,
    indent: ' '.repeat(stringWidth(before)),
    carets: '^'.repeat(Math.max(1, stringWidth(shown))),
  };
}

function show(text: string): string {
  return escapeControl(text.replaceAll('\t', tab));
}
