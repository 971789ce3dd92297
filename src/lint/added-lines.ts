import type { BlockEntry, Brace } from '../ast/nodes.ts';
import type { SourceText } from '../text/source-text.ts';
import type { TextEdit } from '../text/text-edit.ts';
import { indentOf, lineRange } from './line.ts';

/** A section that lines can be added to. */
export type OpenEntry = BlockEntry & { readonly open: Brace };

export function hasOpen(entry: BlockEntry): entry is OpenEntry {
  return entry.open !== null;
}

/** Adds attribute lines at the beginning of a section, where nothing stands that could forget them. */
export function addedLines(source: SourceText, entry: OpenEntry, lines: readonly string[]): TextEdit {
  const at = entry.open.start + 1;
  const indent = insideIndent(source, entry);
  return { start: at, end: at, text: lines.map((line) => `\n${indent}${line}`).join('') };
}

/** How the lines of a section are indented; where it has none, those of the first section of the file that has. */
export function insideIndent(source: SourceText, { attributes, start }: BlockEntry): string {
  const first = attributes.find(
    (each) => source.text.slice(lineRange(source, each.start).start, each.start).trim() === '',
  );
  if (first !== undefined) return indentOf(source, first.start);
  return /^[ \t]*\{[ \t\r]*\n([ \t]+)[^\s}]/m.exec(source.text)?.[1] ?? `${indentOf(source, start)}\t`;
}
