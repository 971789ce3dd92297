/**
 * Makes control characters of foreign text visible (`\x1b`, `\u202e`), so that no file name, configuration or peer can
 * play tricks on a terminal. Newlines and tabs are control characters too; DEL, C1 and bidirectional marks as well,
 * and so are the bytes of C1 in a name that is no UTF-8.
 */
export function escapeControl(text: string): string {
  return text.replace(
    /[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\udc80-\udc9f]/gu,
    (character) => {
      const code = controlCode(character);
      return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
    },
  );
}

/** The number of a control character, which may be a byte of a name that belongs to no character. */
function controlCode(character: string): number {
  const code = character.charCodeAt(0);
  return code >= 0xdc00 ? code & 0xff : code;
}
