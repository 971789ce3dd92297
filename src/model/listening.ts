import { formatIpv4, parseInetAton } from './addresses/ipv4.ts';
import { mappedIpv4, parseIpv6 } from './addresses/ipv6.ts';
import { withoutScope } from './addresses/scoped-ipv6.ts';
import type { HostTables } from './host-tables.ts';
import type { QuirkSet } from './quirks.ts';
import type { AddressFamily, Service } from './service.ts';

/** What decides about the address of a socket, of an entry that is being read as well as of a service. */
export interface ListenSettings {
  readonly family: AddressFamily | null;
  readonly bindAddress: string | null;
}

/** The bind address as far as it counts: the family of the socket wins over one that does not fit. */
export function keptBindAddress({ family, bindAddress }: ListenSettings): string | null {
  return bindAddress !== null && bindAddress.includes(':') === (family === 'IPv6') ? bindAddress : null;
}

/** The address that a socket is really bound to. */
export function listenAddress(settings: ListenSettings): string {
  return keptBindAddress(settings) ?? (settings.family === 'IPv6' ? '::' : '0.0.0.0');
}

/** The IPv4 address in `::ffff:a.b.c.d`, on which an IPv6 socket is for clients of IPv4. */
export function mappedAddress(address: string): string | undefined {
  const bytes = parseIpv6(withoutScope(address));
  const value = bytes === undefined ? undefined : mappedIpv4(bytes);
  return value === undefined ? undefined : formatIpv4(value);
}

export function isAnyAddress(address: string): boolean {
  return address === '::' || address === '0.0.0.0';
}

/** A service as far as it decides about its sockets. */
export type ListeningService = Pick<
  Service,
  'bind' | 'bindAddress' | 'family' | 'isFamilyGiven' | 'v6only' | 'unixPath'
>;

/** Whether a word of `bind` is an address, and no host name. */
export function isNumericAddress(bind: string): boolean {
  return bind.includes(':') || parseInetAton(bind) !== undefined;
}

/** The numeric addresses that `bind` means: itself, or those of a host name, of one family when the entry names one. */
export function bindAddresses(
  { bind, bindAddress, family, isFamilyGiven }: ListeningService,
  tables: Pick<HostTables, 'hostAddresses'>,
): readonly string[] {
  if (bind === null) return [];
  if (bind === bindAddress || bind.includes(':')) return [bind];
  if (parseInetAton(bind) !== undefined) return [bindAddress ?? bind];
  const version = family === 'IPv4' ? 4 : 6;
  return [...new Set(tables.hostAddresses(bind, isFamilyGiven ? version : undefined))];
}

/** The addresses of all sockets of a service. */
export function listenAddresses(
  service: ListeningService,
  tables: Pick<HostTables, 'hostAddresses'>,
  quirks: QuirkSet,
): readonly string[] {
  if (service.bind === null || quirks.has('bind-name-is-ipv6')) return [listenAddress(service)];
  return bindAddresses(service, tables);
}

/** The families whose clients reach a socket. One on a mapped address that is to be for IPv6 alone cannot be bound. */
export function familiesReaching(address: string, v6only: boolean): readonly AddressFamily[] {
  const bytes = parseIpv6(address.replace(/%.*$/s, ''));
  if (bytes === undefined) return ['IPv4'];
  if (mappedIpv4(bytes) !== undefined) return v6only ? [] : ['IPv4'];
  const isAny = bytes.every((byte) => byte === 0);
  return isAny && !v6only ? ['IPv6', 'IPv4'] : ['IPv6'];
}
