/**
 * What systemd makes of the words of a command line or an assignment, written straight from systemd.syntax(7) and
 * systemd.service(5): quotes, C escapes, `%%`, and for arguments `$$`. Slow and simple, to compare with.
 */
export function systemdWords(text: string, expandsDollars: boolean): readonly Buffer[] {
  const line = [...text];
  const words: Buffer[] = [];
  let at = 0;
  while (at < line.length) {
    if (line[at] === ' ' || line[at] === '\t') {
      at += 1;
      continue;
    }
    const bytes: Buffer[] = [];
    let quote = '';
    for (; at < line.length; at += 1) {
      const character = line[at] ?? '';
      if (quote === '' && (character === ' ' || character === '\t')) break;
      if (quote === character) quote = '';
      else if (quote === '' && (character === '"' || character === "'")) quote = character;
      else if (character === '\\') {
        const { value, length } = escapeIn(line.slice(at + 1).join(''));
        bytes.push(value);
        at += length;
      } else if (character === '%') {
        if (line[at + 1] !== '%') throw new Error(`a specifier at ${at} of ${text}`);
        bytes.push(Buffer.from('%'));
        at += 1;
      } else if (character === '$' && expandsDollars) {
        if (line[at + 1] !== '$') throw new Error(`a variable at ${at} of ${text}`);
        bytes.push(Buffer.from('$'));
        at += 1;
      } else bytes.push(Buffer.from(character));
    }
    if (quote !== '') throw new Error(`an open quote in ${text}`);
    words.push(Buffer.concat(bytes));
  }
  return words;
}

function escapeIn(rest: string): { readonly value: Buffer; readonly length: number } {
  const hex = /^x([0-9a-f]{2})/.exec(rest)?.[1];
  if (hex !== undefined) return { value: Buffer.from(hex, 'hex'), length: 3 };
  const characters: Readonly<Record<string, string>> = { t: '\t', '\\': '\\', '"': '"', ';': ';' };
  const character = characters[rest[0] ?? ''];
  if (character === undefined) throw new Error(`an unknown escape before ${rest}`);
  return { value: Buffer.from(character), length: 1 };
}
