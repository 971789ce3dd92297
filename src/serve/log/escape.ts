/**
 * Text of a peer or a configuration, made safe for a line of a log: control characters (C0, DEL, C1, as characters or as bare bytes of a name) and line separators
 * become `\xNN` or `\uNNNN`, so that nobody can begin a line of his own or steer a terminal.
 */
export function escapeLogText(text: string): string {
  return unsafe.test(text) ? text.replace(everyUnsafe, escapeCharacter) : text;
}

const unsafe = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\udc80-\udc9f]/u;
const everyUnsafe = new RegExp(unsafe, 'gu');

function escapeCharacter(character: string): string {
  const unit = character.charCodeAt(0);
  const code = unit >= 0xdc00 ? unit & 0xff : unit;
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}
