import type { Format } from '../ast/nodes.ts';
import type { SourceText } from '../text/source-text.ts';

/** How much of a file is looked at: the first lines that are no comment decide. */
const scannedLines = 200;

const sectionLine = /^[ \t]*(?:service|defaults|include|includedir)(?:[ \t{\r]|$)/i;
const attributeLine = /^[ \t]*[a-z_0-9]+[ \t]*[+-]?=(?:[ \t\r]|$)/i;
const braceLine = /^[ \t]*[{}][ \t\r]*$/;
const inetdSocketType = /^(?:stream|dgram|raw|rdm|seqpacket|tli|xti|sunrpc_(?:tcp|udp))(?:[:,/]|$)/;

/**
 * Which of the two formats a text is in. The content decides: a line with a socket type as its second word and at least
 * five words is inetd.conf, a section keyword, a brace line or an assignment is xinetd.conf. Where the lines say nothing
 * (only comments, an empty file) the name decides, and in the end xinetd.conf.
 */
export function detectFormat(source: SourceText): Format {
  let xinetd = 0;
  let inetd = 0;
  let at = 0;
  for (let line = 0; line < scannedLines && at < source.text.length; line += 1) {
    const end = source.text.indexOf('\n', at);
    const text = source.text.slice(at, end === -1 ? undefined : end).replace(/^\uFEFF/, '');
    at = end === -1 ? source.text.length : end + 1;
    if (braceLine.test(text) || sectionLine.test(text) || attributeLine.test(text)) xinetd += 1;
    else if (isInetdLine(text)) inetd += 1;
  }
  if (xinetd !== inetd) return xinetd > inetd ? 'xinetd' : 'inetd';
  return /(?:^|\/)inetd[^/]*$/.test(source.path) ? 'inetd' : 'xinetd';
}

function isInetdLine(text: string): boolean {
  if (text.startsWith('#<off>#')) return true;
  if (/^[ \t]*#/.test(text)) return /^#@|^#:[A-Z-]+:/.test(text);
  const words = text
    .slice(0, 1024)
    .trim()
    .split(/[ \t]+/);
  if (words.length === 1) return /^\S+:$/.test(text);
  if (words[1] === 'on' || words[1] === 'off') return true;
  return words[0] === '.include' || (words.length >= 4 && inetdSocketType.test(words[1] ?? ''));
}
