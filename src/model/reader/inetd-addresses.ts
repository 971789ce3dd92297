import type { Word } from '../../ast/nodes.ts';
import { formatIpv4, parseDottedQuad } from '../addresses/ipv4.ts';
import { formatIpv6, parseIpv6 } from '../addresses/ipv6.ts';
import type { BindValue } from '../draft.ts';
import type { HostTables } from '../host-tables.ts';

/**
 * The sockets of one address word: none in particular for `*`, one for a numeric address, one for each address of a

 * host name in the family. A name that does not resolve gives one without addresses.
 */
export function bindValues(
  { text }: Word,
  tables: HostTables,
  family: 4 | 6 | undefined,
): readonly (BindValue | null)[] {
  if (text === '*') return [null];
  const numeric = numericAddress(text);
  if (numeric !== undefined) return [{ text: numeric, addresses: [numeric] }];
  const addresses = tables.hostAddresses(text, family);
  if (addresses.length === 0) return [{ text, addresses }];
  return addresses.map((address) => ({ text: address, addresses: [address] }));
}

function numericAddress(text: string): string | undefined {
  const four = parseDottedQuad(text);
  if (four !== undefined) return formatIpv4(four);
  const six = parseIpv6(text);
  return six === undefined ? undefined : formatIpv6(six);
}
