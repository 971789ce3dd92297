import { parseDottedQuad } from '../model/addresses/ipv4.ts';
import { mappedBytes, mappedIpv4, parseIpv6 } from '../model/addresses/ipv6.ts';
import { ipv6Network } from '../model/addresses/pattern.ts';
import type { AccessItem, AddressFamily, AddressPattern, Service } from '../model/service.ts';
import { coversPattern } from './reach.ts';
import type { ServiceView } from './service-view.ts';
import type { Target } from './target.ts';

/** Over which families clients come to a service. */
export interface ReachedFamilies {
  /** None where the address of the socket does not tell. */
  readonly families: readonly AddressFamily[];
  /** Of which family the socket is: an IPv6 one shows IPv4 clients with mapped addresses, an IPv4 one knows no other. */
  readonly socket: AddressFamily;
}

const fours: readonly AddressFamily[] = ['IPv4'];

export function reachedFamilies(
  service: Service,
  { flags }: ServiceView,
  { version }: Target,
): ReachedFamilies {
  // Without a flag that version listens on IPv4 alone.
  if (version === '2.3.15' && !flags.has('IPv6')) return { families: fours, socket: 'IPv4' };
  return { families: familiesOf(service), socket: service.family };
}

function familiesOf({ bind, family, v6only }: Service): readonly AddressFamily[] {
  if (bind === null || bind === '::') return family === 'IPv4' ? fours : v6only ? ['IPv6'] : ['IPv4', 'IPv6'];
  // An address that does not fit the family is lost, and the family of a name is not known.
  if (parseDottedQuad(bind) !== undefined) return family === 'IPv4' ? fours : [];
  const six = parseIpv6(bind);
  if (six === undefined || family === 'IPv4') return [];
  return mappedIpv4(six) === undefined ? ['IPv6'] : fours;
}

/** The families that a list speaks of; undefined where there is none, or host names may stand for either. */
export function listedFamilies(
  items: readonly AccessItem[] | null,
  socket: AddressFamily,
): ReadonlySet<AddressFamily> | undefined {
  if (items === null) return undefined;
  if (items.some(({ pattern }) => pattern.kind === 'host' || pattern.kind === 'domain')) return undefined;
  return new Set(items.flatMap(({ pattern }) => matchedFamilies(pattern, socket)));
}

/** The families of which a list matches all clients. */
export function wholeFamilies(
  items: readonly AccessItem[],
  socket: AddressFamily,
): ReadonlySet<AddressFamily> {
  return new Set(
    items.flatMap(({ pattern }): readonly AddressFamily[] => {
      if (pattern.kind !== 'network') return [];
      if (pattern.version === 4) return pattern.prefix === 0 ? fours : [];
      if (socket === 'IPv4' || !coversPattern(pattern, mappedNetwork)) return [];
      return pattern.prefix === 0 ? ['IPv4', 'IPv6'] : fours;
    }),
  );
}

function matchedFamilies(pattern: AddressPattern, socket: AddressFamily): readonly AddressFamily[] {
  if (pattern.kind === 'host' || pattern.kind === 'domain') return [];
  if (pattern.version === 4) return fours;
  // To an IPv4 socket nobody comes with such an address, a mapped one included.
  if (socket === 'IPv4') return ['IPv6'];
  // It matches nobody, and who writes it means everybody: another rule says so.
  if (pattern.kind === 'address' && pattern.bytes.every((byte) => byte === 0)) return ['IPv4', 'IPv6'];
  if (coversPattern(mappedNetwork, pattern)) return fours;
  return coversPattern(pattern, mappedNetwork) ? ['IPv4', 'IPv6'] : ['IPv6'];
}

const mappedNetwork = ipv6Network(mappedBytes, 96);
