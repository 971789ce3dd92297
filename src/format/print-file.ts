import type { Entry, File, LineEntry, TopLevel } from '../ast/nodes.ts';
import { alignEntries, type EntryRow } from './align-entries.ts';
import { entryCells, headWords } from './entry-cells.ts';
import { blankLinesBefore, type Piece, pieceKind } from './piece.ts';
import { commentText, printEntry, wordsText } from './print-entry.ts';

/** Prints a tree that was made, not read, in the layout that the formatter leaves as it is. */
export function printFile(file: File): string {
  const aligned = alignEntries(file.children, rowOf);
  const pieces: Piece[] = [];
  let blankLines = 0;
  for (const node of file.children) {
    if (node.type === 'Blank') {
      blankLines += node.lines;
      continue;
    }
    const line = aligned.get(node);
    const text = line === undefined ? nodeText(node) : `${line}\n`;
    pieces.push({ kind: pieceKind(node), blankLinesBefore: blankLines, text });
    blankLines = 0;
  }
  return pieces
    .map((piece, index) => '\n'.repeat(blankLinesBefore(pieces, index, file.format)) + piece.text)
    .join('');
}

/** A line that is switched off is a comment to the daemon and takes no part in the columns. */
function rowOf(entry: LineEntry): EntryRow | null {
  const { head, rest } = cut(entry);
  const cells = entry.disabled === null ? entryCells(head, rest) : null;
  return cells && { cells, places: [] };
}

function cut({ fields }: LineEntry): { readonly head: readonly string[]; readonly rest: string } {
  return {
    head: fields.slice(0, headWords).map((field) => field.text),
    rest: wordsText(fields.slice(headWords)),
  };
}

function nodeText(node: Exclude<TopLevel, { readonly type: 'Blank' }>): string {
  switch (node.type) {
    case 'Entry':
      return entryText(node);
    case 'Comment':
      return `${commentText(node.text)}\n`;
    case 'Directive':
      return `${wordsText([...(node.keyword === null ? [] : [node.keyword]), ...node.values])}\n`;
    case 'Unknown':
      return `${wordsText(node.words)}\n`;
  }
}

function entryText(entry: Entry): string {
  switch (entry.syntax) {
    case 'block':
      return printEntry(entry);
    case 'line':
      return `${disabledMark(entry)}${loneLine(entry)}\n`;
    case 'pairs':
      return `${wordsText(entry.fields)}\n`;
  }
}

function loneLine(entry: LineEntry): string {
  const { head, rest } = cut(entry);
  return [...head, ...(rest === '' ? [] : [rest])].join('\t');
}

/** update-inetd writes its marker with a blank behind it; a plain `#` touches the service name. */
function disabledMark({ disabled }: LineEntry): string {
  if (disabled === null || disabled.leaf === null) return '';
  return disabled.style === 'debian-off' ? `${disabled.leaf.text} ` : disabled.leaf.text;
}
