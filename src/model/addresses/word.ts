import { type HostTables, unreadableNetwork } from '../host-tables.ts';
import { parseLeadingInt } from '../numbers.ts';
import type { QuirkSet } from '../quirks.ts';
import type { AddressPattern } from '../service.ts';
import { readFactorised } from './factorised.ts';
import { parseDottedQuad, parseInetAton, prefixOfMask, wildcardPrefix } from './ipv4.ts';
import { parseIpv6 } from './ipv6.ts';
import { exactIpv4, exactIpv6, ipv4Network, ipv6Network, numericIpv4 } from './pattern.ts';
import { parseScopedIpv6 } from './scoped-ipv6.ts';

/**
 * What a word of `only_from` or `no_access` means.
 * `unknown`: no form fits; `bad`: it began as a form and then went wrong, with the daemon's words.
 */
export type AddressWord =
  | { readonly patterns: readonly AddressPattern[] }
  | { readonly unknown: true }
  | { readonly bad: string };

const unknown: AddressWord = { unknown: true };

/** Reads one word, trying the forms in the order of the daemon (reference 7). */
export function readAddressWord(word: string, tables: HostTables, quirks: QuirkSet): AddressWord {
  const isBraced = word.includes('{');
  const isNetwork = word.includes('/');
  if (!isNetwork && !isBraced) {
    const numeric = readNumeric(word, tables, quirks);
    if (numeric !== undefined) return { patterns: [numeric] };
    if (/^\..*[^0-9.]/.test(word)) return { patterns: [{ kind: 'domain', text: nameText(word, quirks) }] };
    if (isNameLike(word, quirks) && tables.hostAddresses(word).length > 0) {
      return { patterns: [{ kind: 'host', text: nameText(word, quirks) }] };
    }
  }
  if (isNetwork && !isBraced) {
    const network = readPrefix(word, tables, quirks);
    if (network !== undefined) return { patterns: [network] };
  }
  const factorised = readFactorised(word, quirks.has('address-overflow'));
  if (factorised !== undefined) return factorised;
  const number = tables.network(word);
  if (number === undefined || number === 0) return unknown;
  if (number === unreadableNetwork && !quirks.has('network-names-exact')) return unknown;
  return { patterns: [networkByName(number, quirks)] };
}

/** Room for a name in a list of the daemon; the dot in front of a domain counts. */
const nameBytes = 64;

function nameText(word: string, quirks: QuirkSet): string {
  return quirks.has('names-cut') ? word.slice(0, nameBytes) : word;
}

/** Where loose forms are refused, the resolver must not take them in either: `10.1` would be 10.0.0.1 to it. */
function isNameLike(word: string, quirks: QuirkSet): boolean {
  return quirks.has('loose-addresses') || !/^[0-9.]+$|^0x/i.test(word);
}

function readNumeric(word: string, tables: HostTables, quirks: QuirkSet): AddressPattern | undefined {
  if (word.includes(':')) {
    const bytes = readIpv6(word, tables, quirks);
    return bytes === undefined ? undefined : exactIpv6(bytes);
  }
  const value = quirks.has('loose-addresses') ? parseInetAton(word) : parseDottedQuad(word);
  return value === undefined ? undefined : numericIpv4(value);
}

/** The zone behind an address says whether it is one, and is then forgotten. */
function readIpv6(text: string, tables: HostTables, quirks: QuirkSet): Uint8Array | undefined {
  return quirks.has('loose-addresses') ? parseScopedIpv6(text, tables)?.bytes : parseIpv6(text);
}

function readPrefix(word: string, tables: HostTables, quirks: QuirkSet): AddressPattern | undefined {
  const slash = word.indexOf('/');
  const address = word.slice(0, slash);
  const text = word.slice(slash + 1);
  return address.includes(':')
    ? readIpv6Prefix(address, text, tables, quirks)
    : readIpv4Prefix(address, text, quirks);
}

function readIpv4Prefix(address: string, text: string, quirks: QuirkSet): AddressPattern | undefined {
  const value = quirks.has('loose-addresses') ? parseInetAton(address) : parseDottedQuad(address);
  if (value === undefined) return undefined;
  if (quirks.has('prefix-overflow')) {
    const number = parseLeadingInt(text);
    if (number === undefined) return undefined;
    if (number === 32) return exactIpv4(value);
    return ipv4Network(value, number < 0 ? 32 : Math.min(number, 32));
  }
  const prefix = /^[0-9]{1,2}$/.test(text) ? Number(text) : maskPrefix(text);
  if (prefix === undefined || prefix > 32) return undefined;
  return prefix === 32 ? exactIpv4(value) : ipv4Network(value, prefix);
}

/** `255.255.255.0` as 24; anything but a run of ones is refused. */
function maskPrefix(text: string): number | undefined {
  const mask = parseDottedQuad(text);
  return mask === undefined ? undefined : prefixOfMask(mask);
}

function readIpv6Prefix(
  address: string,
  text: string,
  tables: HostTables,
  quirks: QuirkSet,
): AddressPattern | undefined {
  const bytes = readIpv6(address, tables, quirks);
  const prefix = quirks.has('prefix-overflow') ? parseLeadingInt(text) : parseDigits(text);
  if (bytes === undefined || prefix === undefined) return undefined;
  if (prefix >= 0 && prefix < 128) return ipv6Network(bytes, prefix);
  // In the daemon such an entry becomes a host name of random bytes: it matches nobody.
  if (quirks.has('ipv6-128')) return { kind: 'host', text: `${address}/${text}` };
  return prefix === 128 ? exactIpv6(bytes) : undefined;
}

function parseDigits(text: string): number | undefined {
  return /^[0-9]{1,3}$/.test(text) ? Number(text) : undefined;
}

/** What a network means is its number with the zero octets at the end wild. */
function networkByName(number: number, quirks: QuirkSet): AddressPattern {
  return quirks.has('network-names-exact')
    ? shiftedNetwork(number)
    : ipv4Network(number, wildcardPrefix(number));
}

/**
 * The daemon expects a number without its octets for hosts, 10.1 as 0.0.10.1, and shifts it up until the octet in front
 * is not zero. That of glibc has all four.
 */
function shiftedNetwork(number: number): AddressPattern {
  const zeros = Math.floor(Math.clz32(number) / 8);
  return ipv4Network((number << (zeros * 8)) >>> 0, 32 - zeros * 8);
}
