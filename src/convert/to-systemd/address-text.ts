import { addressBits, type Network } from './address-set.ts';

/** An address from its bytes in network order. */
export function addressOfBytes(bytes: Uint8Array): bigint {
  let address = 0n;
  for (const byte of bytes) address = (address << 8n) | BigInt(byte);
  return address;
}

/** A network as IPAddressAllow= takes it; single addresses without a prefix length. */
export function networkText({ version, address, prefix }: Network): string {
  const text = version === 4 ? ipv4Text(address) : ipv6Text(address);
  return prefix === addressBits(version) ? text : `${text}/${prefix}`;
}

function ipv4Text(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 0xffn).join('.');
}

/** RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups as `::`. */
function ipv6Text(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, at) => (address >> BigInt(112 - 16 * at)) & 0xffffn);
  const words = groups.map((group) => group.toString(16));
  const run = longestZeroRun(groups);
  if (run.length < 2) return words.join(':');
  return `${words.slice(0, run.start).join(':')}::${words.slice(run.start + run.length).join(':')}`;
}

function longestZeroRun(groups: readonly bigint[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (const [at, group] of groups.entries()) {
    if (group !== 0n) start = at + 1;
    else if (at + 1 - start > best.length) best = { start, length: at + 1 - start };
  }
  return best;
}
