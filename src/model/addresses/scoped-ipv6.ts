import type { HostTables } from '../host-tables.ts';
import { formatIpv6, parseIpv6 } from './ipv6.ts';

/** An IPv6 address with the number of the interface behind its `%`; 0 is none. */
export interface ScopedIpv6 {
  readonly bytes: Uint8Array;
  readonly scope: number;
}

/** Look-ups of network interfaces. */
export type InterfaceTables = Pick<HostTables, 'interfaceNumber' | 'interfaceName'>;

const largestScope = 2 ** 32 - 1;

/** As the resolver reads it: the name of an interface stands behind addresses of one link alone, a number behind all. */
export function parseScopedIpv6(text: string, tables: InterfaceTables): ScopedIpv6 | undefined {
  const percent = text.indexOf('%');
  const bytes = parseIpv6(percent === -1 ? text : text.slice(0, percent));
  if (bytes === undefined) return undefined;
  if (percent === -1) return { bytes, scope: 0 };
  const zone = text.slice(percent + 1);
  const named = needsScope(bytes) ? tables.interfaceNumber(zone) : undefined;
  const scope = named ?? (/^[0-9]+$/.test(zone) ? Number(zone) : undefined);
  return scope === undefined || scope > largestScope ? undefined : { bytes, scope };
}

/** As getnameinfo writes it. */
export function formatScopedIpv6({ bytes, scope }: ScopedIpv6, tables: InterfaceTables): string {
  const address = formatIpv6(bytes);
  if (scope === 0) return address;
  const name = isLinkLocal(bytes) ? tables.interfaceName(scope) : undefined;
  return `${address}%${name ?? scope}`;
}

/** The address without its zone. */
export function withoutScope(address: string): string {
  return address.replace(/%.*$/s, '');
}

/** Addresses that mean nothing without an interface: link-local ones, and multicast groups of a link or an interface. */
export function needsScope(bytes: Uint8Array): boolean {
  return isLinkLocal(bytes) || isMulticastOf(bytes, 1);
}

function isLinkLocal(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  return (first === 0xfe && (second & 0xc0) === 0x80) || isMulticastOf(bytes, 2);
}

function isMulticastOf([first = 0, second = 0]: Uint8Array, scope: number): boolean {
  return first === 0xff && (second & 0x0f) === scope;
}
