import { formatIpv4, wildcardPrefix } from './ipv4.ts';
import { ipv4Network } from './pattern.ts';
import type { AddressWord } from './word.ts';

/**
 * `A.B.{x,y}`: each value in the braces is one octet at that place, and what is behind it is a wildcard. The daemon
 * checks no octet; with `overflows` a number above 255 carries over, as it does there.
 *
 * Undefined when the word has another form.
 */
export function readFactorised(word: string, overflows: boolean): AddressWord | undefined {
  let base = 0;
  let dots = 0;
  let octet = 0;
  let last = '.';
  let at = 0;
  for (; word[at] !== '{'; at += 1) {
    const character = word[at];
    if (character === undefined) return undefined;
    if (character === '.') {
      if (last === '.') return { bad: `Bad address: ${word}. Consecutive dots` };
      if (octet > 255 && !overflows) return { bad: `Bad address: ${word}` };
      base = (base * 256 + octet) % 2 ** 32;
      octet = 0;
      dots += 1;
    } else if (character >= '0' && character <= '9') octet = (octet * 10 + Number(character)) % 2 ** 32;
    else return undefined;
    last = character;
  }
  return readBraces(word, at + 1, base, dots, overflows);
}

function readBraces(word: string, from: number, base: number, dots: number, overflows: boolean): AddressWord {
  const bad: AddressWord = { bad: `Bad address: ${word}` };
  if (dots > 3 && !overflows) return bad;
  // The daemon's shifts, which the processor takes modulo 32 where there are more dots than an address has.
  const baseShift = ((4 - dots) * 8) & 31;
  const octetShift = ((3 - dots) * 8) & 31;
  const prefix = 32 - octetShift;
  const patterns = [];
  let octet = 0;
  let last = ',';
  for (let at = from; at < word.length; at += 1) {
    const character = word[at] ?? '';
    if (character === ',' || character === '}') {
      if (last === ',') return { bad: `Bad address: ${word}. Consecutive commas` };
      if (octet > 255 && !overflows) return bad;
      const value = ((base << baseShift) + (octet << octetShift)) >>> 0;
      patterns.push(ipv4Network(value, prefix, wordFor(value, prefix)));
      octet = 0;
      if (character === '}') return at === word.length - 1 ? { patterns } : bad;
    } else if (character >= '0' && character <= '9') octet = (octet * 10 + Number(character)) % 2 ** 32;
    else return bad;
    last = character;
  }
  return bad;
}

/** A word without a slash for whole octets: the address, or braces around its last octet where that is a zero that counts. */
function wordFor(value: number, prefix: number): string {
  const address = formatIpv4(value);
  if (wildcardPrefix(value) === prefix) return address;
  const octets = address.split('.').slice(0, prefix / 8);
  const last = octets.pop() ?? '';
  return [...octets, `{${last}}`].join('.');
}
