import { lowerAscii } from '../../text/lower-ascii.ts';
import type { AddressPattern } from '../service.ts';
import { formatIpv4, ipv4Bytes, wildcardPrefix } from './ipv4.ts';
import { formatIpv6 } from './ipv6.ts';

/*
 * The text of a pattern is a word that means the same when it is read again. A numeric IPv4 address whose trailing
 * zeros are wildcards is a network without a slash in its text; the state dump calls it NUMERIC, one with a slash NET.
 */

/** A numeric IPv4 word: one host, or a network by its trailing zero octets. */
export function numericIpv4(value: number): AddressPattern {
  return ipv4Network(value, wildcardPrefix(value), formatIpv4(value));
}

export function exactIpv4(value: number): AddressPattern {
  const text = wildcardPrefix(value) === 32 ? formatIpv4(value) : `${formatIpv4(value)}/32`;
  return { kind: 'address', text, version: 4, bytes: ipv4Bytes(value) };
}

/** The bytes keep the host bits that were written: `-=` compares them. */
export function ipv4Network(
  value: number,
  prefix: number,
  text = `${formatIpv4(value)}/${prefix}`,
): AddressPattern {
  if (prefix === 32 && !text.includes('/'))
    return { kind: 'address', text, version: 4, bytes: ipv4Bytes(value) };
  return { kind: 'network', text, version: 4, bytes: ipv4Bytes(value), prefix };
}

export function exactIpv6(bytes: Uint8Array): AddressPattern {
  return { kind: 'address', text: formatIpv6(bytes), version: 6, bytes };
}

export function ipv6Network(bytes: Uint8Array, prefix: number): AddressPattern {
  return { kind: 'network', text: `${formatIpv6(bytes)}/${prefix}`, version: 6, bytes, prefix };
}

/** Equal for `-=`: the same version, address and mask, or the same name in any case (reference 7, addenda). */
export function isSamePattern(a: AddressPattern, b: AddressPattern): boolean {
  if (a.kind === 'host' || a.kind === 'domain') {
    return (b.kind === 'host' || b.kind === 'domain') && lowerAscii(a.text) === lowerAscii(b.text);
  }
  if (b.kind === 'host' || b.kind === 'domain') return false;
  return (
    a.version === b.version &&
    prefixOf(a) === prefixOf(b) &&
    a.bytes.every((byte, index) => byte === b.bytes[index])
  );
}

function prefixOf(pattern: Extract<AddressPattern, { bytes: Uint8Array }>): number {
  return pattern.kind === 'network' ? pattern.prefix : pattern.version === 4 ? 32 : 128;
}
