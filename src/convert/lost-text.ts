/**
 * The comments under which a piece of the source stays that cannot be carried over; `texts` are its lines, where they are
 * to be kept.
 */
export function lostText(line: number, code: string, texts: readonly string[]): readonly string[] {
  return [`# xcfg: line ${line} not converted: ${code}`, ...texts.map((text) => `#   ${text}`)];
}
