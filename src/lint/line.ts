import type { Attribute, Entry, Word } from '../ast/nodes.ts';
import type { CatalogueAttribute } from '../catalog/attribute.ts';
import { findAttribute, useIn } from '../catalog/catalogue.ts';
import type { Range } from '../text/range.ts';
import type { SourceText } from '../text/source-text.ts';
import type { TextEdit } from '../text/text-edit.ts';
import type { Effect } from './effect.ts';

/** Facts about attribute lines of xinetd.conf that several rules ask for. */

/** The catalogue's entry for an attribute line of a block; undefined for unknown names and for inetd.conf. */
export function catalogued(attribute: Attribute, entry: Entry): CatalogueAttribute | undefined {
  if (entry.syntax !== 'block') return undefined;
  const found = findAttribute(attribute.key);
  return found !== undefined && useIn(found, entry.kind) !== null ? found : undefined;
}

/** Index of the value with which a trailing comment begins; the number of values where there is none. */
export function commentStart(values: readonly Word[]): number {
  const at = values.findIndex((value) => value.text.startsWith('#'));
  return at === -1 ? values.length : at;
}

/** The values that are meant as such: those in front of a trailing comment. */
export function meantValues(attribute: Attribute): readonly Word[] {
  return attribute.values.slice(0, commentStart(attribute.values));
}

/** What a value that cannot be read does: it costs a service, and in `defaults` the daemon. */
export function badValueEffect(entry: Entry): Effect {
  return entry.kind === 'defaults' ? 'exits' : 'turns-off';
}

/** What the daemon does with an attribute line that has words too many (reference 3.1 and 4). */
export function surplusEffect(attribute: CatalogueAttribute, count: number, entry: Entry): Effect {
  if (attribute.count.max !== Number.POSITIVE_INFINITY && count !== attribute.count.max)
    return 'ignores-line';
  switch (attribute.value.kind) {
    case 'arguments':
    case 'address-patterns':
    case 'service-ids':
    case 'variable-names':
      return 'misreads';
    default:
      return badValueEffect(entry);
  }
}

/** The whole line that an offset stands on, its line end left out. */
export function lineRange(source: SourceText, offset: number): Range {
  const line = source.lineAt(offset);
  const start = source.lines.startOf(line);
  const end = source.text.indexOf('\n', start);
  return { start, end: end === -1 ? source.text.length : end };
}

/** The word of an inetd.conf line that a piece stands in: whatever dialects cut words into, they end at blanks. */
export function wordAround({ start, end }: Range, { text }: SourceText): Range {
  let [from, to] = [start, end];
  while (from > 0 && !/\s/.test(text.charAt(from - 1))) from -= 1;
  while (to < text.length && !/\s/.test(text.charAt(to))) to += 1;
  return { start: from, end: to };
}

/** The white space at the start of the line of an offset. */
export function indentOf(source: SourceText, offset: number): string {
  const { start, end } = lineRange(source, offset);
  return /^[ \t]*/.exec(source.text.slice(start, end))?.[0] ?? '';
}

/** Takes the lines of a range away, line ends included. */
export function removeLines(source: SourceText, range: Range): TextEdit {
  const { start } = lineRange(source, range.start);
  const newline = source.text.indexOf('\n', range.end);
  return { start, end: newline === -1 ? source.text.length : newline + 1, text: '' };
}

/** Takes one word out of a list; the whole line where it is the only one. */
export function removeWord(source: SourceText, attribute: Attribute, word: Word): TextEdit {
  const index = attribute.values.indexOf(word);
  const before = attribute.values[index - 1];
  const behind = attribute.values[index + 1];
  if (before !== undefined) return { start: before.end, end: word.end, text: '' };
  return behind === undefined
    ? removeLines(source, attribute)
    : { start: word.start, end: behind.start, text: '' };
}
