/**
 * Text of a peer or a configuration, made safe for a line of a log: control characters (C0, DEL, C1) and line separators
 * become `\xNN` or `\uNNNN`, so that nobody can begin a line of his own or steer a terminal.
 */
export function escapeLogText(text: string): string {
  return unsafe.test(text) ? text.replace(everyUnsafe, escapeCharacter) : text;
}

const unsafe = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const everyUnsafe = new RegExp(unsafe, 'g');

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}
