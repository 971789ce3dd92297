import type { Attribute, BlockEntry, BodyNode, Word } from '../ast/nodes.ts';
import type { Range } from '../text/range.ts';
import { attributeLine } from './attribute-line.ts';
import { noOrigin, type Origin } from './origin.ts';

/**
 * Prints a `service` or `defaults` entry in the layout of itox: header and braces on lines of their own, one attribute
 * a line. Works for trees without a source; an entry with problems must not come here, printing would repair it.
 */
export function printEntry(entry: BlockEntry, origin: Origin = noOrigin): string {
  const { open, close, body } = entry;
  const header = [entry.keyword, ...(entry.name === null ? [] : [entry.name]), ...entry.extra];
  // Comments may stand between the header and its brace.
  const inside = open === null ? 0 : body.filter((node) => node.start < open.start).length;
  return [
    line(wordsText(header), header.at(-1) ?? entry, origin),
    ...bodyLines(body.slice(0, inside), '', origin),
    line('{', open ?? entry, origin),
    ...bodyLines(body.slice(inside), '\t', origin),
    line('}', close ?? entry, origin),
  ].join('');
}

/** A comment as it is printed: blanks at its end go, all else is the author's. */
export function commentText(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end -= 1;
  return text.slice(0, end);
}

/** Words with one blank between them. */
export function wordsText(words: readonly Word[]): string {
  return words.map((word) => word.text).join(' ');
}

/** Lines of a body; at most one blank line between two of them, none at either end. */
function bodyLines(body: readonly BodyNode[], indent: string, origin: Origin): readonly string[] {
  const lines: string[] = [];
  let blankPending = false;
  for (const node of body) {
    if (node.type === 'Blank') {
      blankPending = lines.length > 0;
      continue;
    }
    if (blankPending) lines.push(blankLineAfter(lines.at(-1)));
    blankPending = false;
    lines.push(line(bodyText(node, indent), node, origin));
  }
  return lines;
}

/** An empty line that ends as the line before it does. */
export function blankLineAfter(previous: string | undefined): string {
  return previous?.endsWith('\r\n') === true ? '\r\n' : '\n';
}

function bodyText(node: Exclude<BodyNode, { readonly type: 'Blank' }>, indent: string): string {
  switch (node.type) {
    case 'Attribute':
      return attributeText(node);
    case 'Comment':
      return indent + commentText(node.text);
    case 'Directive':
      return indent + wordsText([...(node.keyword === null ? [] : [node.keyword]), ...node.values]);
    case 'Unknown':
      return indent + wordsText(node.words);
  }
}

function attributeText(node: Attribute): string {
  const values = node.values.map((value) => value.text);
  return attributeLine(node.name?.text ?? node.key, node.operator?.operator ?? 'set', values);
}

function line(text: string, node: Range, origin: Origin): string {
  return text + origin.lineEndAfter(node);
}
