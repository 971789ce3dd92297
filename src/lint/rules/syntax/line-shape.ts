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
