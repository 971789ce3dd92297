import { ipv4Bytes, parseDottedQuad } from '../addresses/ipv4.ts';
import { mappedIpv4, parseIpv6 } from '../addresses/ipv6.ts';

/** A client as address lists see it. */
export interface ClientAddress {
  /** The IPv4 address, also of a client that comes as `::ffff:a.b.c.d`. */
  readonly four: number | null;
  /** The IPv6 address, for an IPv4 client the mapped one. */
  readonly six: Uint8Array;
  /** Whether the socket shows it as an IPv6 address. */
  readonly isSix: boolean;
}

/** Reads a numeric address; undefined when it is none. */
export function clientAddress(text: string): ClientAddress | undefined {
  const four = parseDottedQuad(text);
  if (four !== undefined) return { four, six: mappedBytes(four), isSix: false };
  const six = parseIpv6(text.replace(/%.*$/s, ''));
  return six === undefined ? undefined : { four: mappedIpv4(six) ?? null, six, isSix: true };
}

/** The client as a socket of both families shows it. */
export function asMapped(client: ClientAddress): ClientAddress {
  return { ...client, isSix: true };
}

/** The client as an IPv4 socket shows it, as far as it can come to one. */
export function asUnmapped(client: ClientAddress): ClientAddress {
  return client.four === null ? client : { ...client, isSix: false };
}

function mappedBytes(four: number): Uint8Array {
  const bytes = new Uint8Array(16);
  bytes.fill(0xff, 10, 12);
  bytes.set(ipv4Bytes(four), 12);
  return bytes;
}
