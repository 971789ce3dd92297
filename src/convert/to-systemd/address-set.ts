/** A version of IP with the width of its addresses. */
export type IpVersion = 4 | 6;

/** A network with the host bits zero. */
export interface Network {
  readonly version: IpVersion;
  readonly address: bigint;
  /** 0..32 or 0..128. */
  readonly prefix: number;
}

/** First and last address, both included. */
interface Interval {
  readonly first: bigint;
  readonly last: bigint;
}

/**
 * A set of addresses of both versions as sorted intervals that neither overlap nor touch. Union, difference and the
 * smallest list of networks are exact, and take time in proportion to the number of intervals.
 */
export class AddressSet {
  readonly #intervals: Readonly<Record<IpVersion, readonly Interval[]>>;

  private constructor(v4: readonly Interval[], v6: readonly Interval[]) {
    this.#intervals = { 4: v4, 6: v6 };
  }

  static of(networks: Iterable<Network>): AddressSet {
    const intervals: Record<IpVersion, Interval[]> = { 4: [], 6: [] };
    for (const network of networks) intervals[network.version].push(intervalOf(network));
    return new AddressSet(normalize(intervals[4]), normalize(intervals[6]));
  }

  get isEmpty(): boolean {
    return this.#intervals[4].length === 0 && this.#intervals[6].length === 0;
  }

  /** Everything that is in this set and not in the other. */
  without(other: AddressSet): AddressSet {
    return new AddressSet(
      subtract(this.#intervals[4], other.#intervals[4]),
      subtract(this.#intervals[6], other.#intervals[6]),
    );
  }

  has(version: IpVersion, address: bigint): boolean {
    return this.#intervals[version].some(({ first, last }) => first <= address && address <= last);
  }

  /** The fewest networks that make up the set: IPv4 before IPv6, by address. */
  networks(): readonly Network[] {
    return ([4, 6] as const).flatMap((version) =>
      this.#intervals[version].flatMap((interval) => split(interval, version)),
    );
  }
}

export function addressBits(version: IpVersion): number {
  return version === 4 ? 32 : 128;
}

function intervalOf({ version, address, prefix }: Network): Interval {
  const hostMask = (1n << BigInt(addressBits(version) - prefix)) - 1n;
  return { first: address & ~hostMask, last: address | hostMask };
}

function normalize(intervals: Interval[]): readonly Interval[] {
  intervals.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const merged: { first: bigint; last: bigint }[] = [];
  for (const { first, last } of intervals) {
    const previous = merged.at(-1);
    if (previous === undefined || first > previous.last + 1n) merged.push({ first, last });
    else if (last > previous.last) previous.last = last;
  }
  return merged;
}

function subtract(from: readonly Interval[], holes: readonly Interval[]): readonly Interval[] {
  const rest: Interval[] = [];
  let at = 0;
  for (const { first, last } of from) {
    let start = first;
    // Holes that end before this interval cannot touch a later one either.
    while (at < holes.length && (holes[at]?.last ?? 0n) < start) at += 1;
    for (let hole = at; hole < holes.length; hole += 1) {
      const gap = holes[hole];
      if (gap === undefined || gap.first > last) break;
      if (gap.first > start) rest.push({ first: start, last: gap.first - 1n });
      start = gap.last + 1n;
    }
    if (start <= last) rest.push({ first: start, last });
  }
  return rest;
}

/** The networks of an interval: each time the largest that begins at its start and does not reach beyond its end. */
function split({ first, last }: Interval, version: IpVersion): readonly Network[] {
  const networks: Network[] = [];
  let address = first;
  while (address <= last) {
    let prefix = addressBits(version);
    let size = 1n;
    while (prefix > 0 && (address & size) === 0n && address + 2n * size - 1n <= last) {
      size *= 2n;
      prefix -= 1;
    }
    networks.push({ version, address, prefix });
    address += size;
  }
  return networks;
}
