/**
 * Makes control characters of foreign text visible (`\x1b`, `\u202e`), so that no file name, configuration or peer can
 * play tricks on a terminal. Newlines and tabs are control characters too; DEL, C1 and bidirectional marks as well.
 */
export function escapeControl(text: string): string {
  return text.replace(/[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
  });
}
