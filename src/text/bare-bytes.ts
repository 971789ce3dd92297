import { isUtf8 } from 'node:buffer';

/*
 * Names of files are bytes. Those that are no UTF-8 have a place in text as well: each byte that belongs to no character is a
 * surrogate that stands alone, U+DC00 and the byte, which no text that was decoded holds. So a name leads to its file
 * again, JSON can say it, and it never means the same as another one.
 */

const bareByte = /[\udc80-\udcff]/u;

/** The text of a name. */
export function textOfBytes(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString();
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = [1, 2, 3, 4].find((each) => isUtf8(bytes.subarray(at, at + each)));
    text += length === undefined ? String.fromCharCode(0xdc00 + (bytes[at] ?? 0)) : '';
    text += bytes.toString('utf8', at, at + (length ?? 0));
    at += length ?? 1;
  }
  return text;
}

/** The bytes of a name, or of a text that holds one. */
export function bytesOfText(text: string): Buffer {
  if (!bareByte.test(text)) return Buffer.from(text);
  const parts = text.split(/([\udc80-\udcff])/u);
  return Buffer.concat(
    parts.map((part) => (bareByte.test(part) ? Buffer.of(part.charCodeAt(0) & 0xff) : Buffer.from(part))),
  );
}

/** The name for a call of the system, which takes plain text faster. */
export function nameOnDisk(name: string): string | Buffer {
  return bareByte.test(name) ? bytesOfText(name) : name;
}

/** Writes the bytes of names as `\xe9`, for what has to be UTF-8. */
export function showBareBytes(text: string): string {
  return text.replace(/[\udc80-\udcff]/gu, (byte) => `\\x${(byte.charCodeAt(0) & 0xff).toString(16)}`);
}
