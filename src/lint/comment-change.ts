import type { File } from '../ast/nodes.ts';
import { parse } from '../grammar/parse.ts';
import { SourceText } from '../text/source-text.ts';
import { applyEdits, type TextEdit } from '../text/text-edit.ts';
import { lineRange } from './line.ts';
import type { TreeFile } from './source-tree.ts';

/** Whether edits leave everything as it is that is no comment, to the line ends: what a file means stays the same. */
export function changesOnlyComments({ file, readable }: TreeFile, edits: readonly TextEdit[]): boolean {
  const changed = new SourceText(readable.path, applyEdits(readable.text, edits), readable.encoding);
  const after = parse(changed, { format: file.format }).file;
  const before = parse(readable, { format: file.format }).file;
  return JSON.stringify(otherText(before, readable)) === JSON.stringify(otherText(after, changed));
}

/** What is no comment, each with the rest of its last line. */
function otherText({ children }: File, source: SourceText): readonly string[] {
  return children
    .filter(({ type }) => type !== 'Comment')
    .map(({ start, end }) => source.text.slice(start, lineRange(source, end).end));
}
