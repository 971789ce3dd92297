import type { Attribute } from '../../../ast/nodes.ts';
import type { Range } from '../../../text/range.ts';
import { meantValues } from '../../line.ts';

/** What the words of a line that the grammar could not read look like, so that one rule only speaks about it. */

/** `:=`, `=>`, `+`, `==`: signs that someone meant as an operator. */
export function isOperatorLike(text: string): boolean {
  return /^[-+*:=<>~!?.]+$/.test(text) && text.length <= 3;
}

/** Words of braces, also with signs that people put behind them: `}`, `};`, `}}`. */
export function isBraceWord(text: string): boolean {
  return /^[{}][{};,.)]*$/.test(text);
}

/** Words with which a section or directive begins. */
export function isSectionKeyword(text: string): boolean {
  return /^(?:service|defaults|include|includedir)$/i.test(text);
}

/**
 * A brace at the end of a value that no other one opens, with the sign that may stand behind it, and where the text in front
 * of it ends.
 */
export function braceInValue(
  attribute: Attribute,
): { readonly at: Range; readonly before: number } | undefined {
  // Arguments, and what a variable holds, may end like that.
  if (attribute.key === 'server_args') return undefined;
  const meant = meantValues(attribute);
  const last = meant.at(-1);
  if (last === undefined) return undefined;
  if (/^\}[;,.]?$/.test(last.text)) {
    return { at: last, before: meant.at(-2)?.end ?? attribute.operator?.end ?? last.start };
  }
  const glued = attribute.key === 'env' ? null : /^[^{}]+(?=\}[;,.]?$)/.exec(last.text);
  if (glued === null) return undefined;
  const start = last.start + glued[0].length;
  return { at: { start, end: last.end }, before: start };
}
