import { parseDottedQuad } from '../model/addresses/ipv4.ts';

/** 4 or 6 for a numeric address; null for a host name. */
export function addressVersion(address: string): 4 | 6 | null {
  if (address.includes(':')) return 6;
  return parseDottedQuad(address) === undefined ? null : 4;
}
