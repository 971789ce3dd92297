/** IPv4 addresses as unsigned 32-bit numbers. */

/** Four decimal octets; leading zeros, which mean octal to some readers, are refused. */
export function parseDottedQuad(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0;
  for (const part of parts) {
    if (!/^(?:0|[1-9][0-9]{0,2})$/.test(part)) return undefined;
    const octet = Number(part);
    if (octet > 255) return undefined;
    value = value * 256 + octet;
  }
  return value;
}

/**
 * What inet_aton takes: one to four parts, each decimal, octal (leading 0) or hexadecimal (leading 0x), the last of
 * which fills all octets that are left. `10.1` is 10.0.0.1, and `010.0.0.1` is 8.0.0.1.
 */
export function parseInetAton(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length > 4) return undefined;
  let value = 0;
  for (const [index, part] of parts.entries()) {
    const number = parseCNumber(part);
    if (number === undefined) return undefined;
    const octetsLeft = 4 - index;
    const isLast = index === parts.length - 1;
    if (number >= (isLast ? 256 ** octetsLeft : 256)) return undefined;
    value += isLast ? number : number * 256 ** (octetsLeft - 1);
  }
  return value;
}

function parseCNumber(text: string): number | undefined {
  if (/^0[xX]0*[0-9a-fA-F]{1,12}$/.test(text)) return Number.parseInt(text.slice(2), 16);
  if (/^0+[0-7]{0,15}$/.test(text)) return Number.parseInt(text, 8);
  return /^[1-9][0-9]{0,12}$/.test(text) ? Number(text) : undefined;
}

export function formatIpv4(value: number): string {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255].join('.');
}

/** The mask of a prefix length, 0 to 32. */
export function ipv4Mask(prefix: number): number {
  return prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0;
}

/** Prefix length of a contiguous mask. */
export function prefixOfMask(mask: number): number | undefined {
  const inverted = ~mask >>> 0;
  return (inverted & (inverted + 1)) === 0 ? 32 - Math.round(Math.log2(inverted + 1)) : undefined;
}

/** Trailing zero octets are wildcards: 10.1.2.0 stands for 24 bits, 0.0.0.0 for none. */
export function wildcardPrefix(value: number): number {
  if (value === 0) return 0;
  let prefix = 32;
  for (let rest = value; (rest & 255) === 0; rest >>>= 8) prefix -= 8;
  return prefix;
}

export function ipv4Bytes(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}

export function ipv4Value(bytes: Uint8Array): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}
