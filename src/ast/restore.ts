import type { SourceText } from '../text/source-text.ts';
import type { File, Leaf } from './nodes.ts';
import { leavesOf } from './walk.ts';

/** Thrown when a tree does not hold all text of its file: a defect of the grammar, never of the input. */
export class LostTextError extends Error {
  override readonly name = 'LostTextError';
}

/**
 * Puts the text together again from the leaves and the white space between them.
 * @throws LostTextError when text that is not white space lies outside the leaves, or leaves overlap
 */
export function restore(file: File, source: SourceText): string {
  let result = '';
  let at = 0;
  for (const leaf of leavesOf(file)) {
    result += whiteSpace(source, at, leaf.start);
    result += source.text.slice(leaf.start, leafEnd(leaf));
    at = leafEnd(leaf);
  }
  return result + whiteSpace(source, at, source.text.length);
}

/** A brace node spans the words behind it; as a leaf it is one character. */
function leafEnd(leaf: Leaf): number {
  return leaf.type === 'Brace' ? leaf.start + 1 : leaf.end;
}

function whiteSpace(source: SourceText, start: number, end: number): string {
  const gap = source.text.slice(start, end);
  if (start > end || /[^ \t\v\f\r\n]/.test(gap)) {
    throw new LostTextError(`${source.path}: text at offset ${start} is in no leaf`);
  }
  return gap;
}
