import { lowerAscii } from '../../text/lower-ascii.ts';
import { ipv4Mask, ipv4Value } from '../addresses/ipv4.ts';
import { mappedIpv4 } from '../addresses/ipv6.ts';
import type { QuirkSet } from '../quirks.ts';
import type { AccessItem, AddressPattern } from '../service.ts';
import type { ClientAddress } from './client-address.ts';
import { PrefixTable } from './prefix-table.ts';

/** An item of a list that fits a client. */
export interface AddressMatch {
  readonly item: AccessItem;
  /** Place in the list. */
  readonly index: number;
  /** How exactly it fits: bits of an address (of 128), or labels of a name. */
  readonly rank: { readonly of: 'address' | 'name'; readonly value: number };
}

/** Exactly one address, and exactly one name. */
export const exactRank = 128;

/** An address list, indexed. Names are compared without case. */
export class AddressSet {
  readonly #four = new PrefixTable<number, AddressMatch>(maskedIpv4);
  readonly #six = new PrefixTable<Uint8Array, AddressMatch>(maskedIpv6);
  readonly #hosts = new Map<string, AddressMatch>();
  readonly #domains = new Map<string, AddressMatch>();
  readonly #quirks: QuirkSet;
  readonly #purpose: 'admits' | 'refuses';

  constructor(items: readonly AccessItem[], purpose: 'admits' | 'refuses', quirks: QuirkSet) {
    this.#quirks = quirks;
    this.#purpose = purpose;
    for (const [index, item] of items.entries()) this.#add(item, index);
  }

  /** Whether a name could make a difference. */
  get hasNames(): boolean {
    return this.#hosts.size + this.#domains.size > 0;
  }

  /** The item that fits best; names count only when one is given. */
  best(client: ClientAddress, name: string | null): AddressMatch | undefined {
    return moreExact(this.#byName(name), this.#byAddress(client));
  }

  #add(item: AccessItem, index: number): void {
    const { pattern } = item;
    const match = (value: number, of: 'address' | 'name' = 'address') => ({
      item,
      index,
      rank: { of, value },
    });
    switch (pattern.kind) {
      case 'host':
        setFirst(this.#hosts, lowerAscii(pattern.text), match(exactRank, 'name'));
        break;
      case 'domain': {
        const domain = lowerAscii(pattern.text);
        setFirst(this.#domains, domain, match(domain.split('.').length - 1, 'name'));
        break;
      }
      default:
        this.#addNetwork(pattern, match);
    }
  }

  #addNetwork(
    pattern: Extract<AddressPattern, { bytes: Uint8Array }>,
    match: (value: number) => AddressMatch,
  ): void {
    const { bytes, version } = pattern;
    const prefix = pattern.kind === 'network' ? pattern.prefix : version === 4 ? 32 : 128;
    if (version === 4) {
      this.#four.add(ipv4Value(bytes), prefix, match(prefix + 96));
      return;
    }
    this.#six.add(bytes, prefix, match(prefix));
    if (this.#quirks.has('mapped-clients')) return;
    const mapped = mappedIpv4(bytes);
    // `::ffff:10.1.2.3` means an IPv4 client, however it comes.
    if (mapped !== undefined && prefix >= 96) this.#four.add(mapped, prefix - 96, match(prefix));
    // What refuses all of a network around the mapped addresses (`::/0`) may not let IPv4 clients pass.
    else if (this.#purpose === 'refuses' && prefix < 96 && holdsMapped(bytes, prefix)) {
      this.#four.add(0, 0, match(prefix));
    }
  }

  #byAddress({ four, six, isSix }: ClientAddress): AddressMatch | undefined {
    const byFour = four === null ? undefined : this.#four.longest(four);
    const bySix = isSix ? this.#six.longest(six) : undefined;
    return moreExact(byFour, bySix);
  }

  #byName(name: string | null): AddressMatch | undefined {
    if (name === null || !this.hasNames) return undefined;
    const lower = lowerAscii(name);
    const host = this.#hosts.get(lower);
    if (host !== undefined) return host;
    // The longest domain first; the text behind the first dot is the shortest name that can hold one.
    for (let dot = lower.indexOf('.'); dot !== -1; dot = lower.indexOf('.', dot + 1)) {
      const suffix = lower.slice(dot);
      const domain = this.#domains.get(suffix);
      if (domain === undefined) continue;
      // The daemon looks at the first place where the text of the domain stands, which must be the end.
      const isFound = !this.#quirks.has('domain-first-place') || lower.indexOf(suffix) === dot;
      if (isFound) return domain;
    }
    return undefined;
  }
}

function moreExact(a: AddressMatch | undefined, b: AddressMatch | undefined): AddressMatch | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.rank.of !== b.rank.of) return a.rank.value >= exactRank || b.rank.value < exactRank ? a : b;
  return a.rank.value >= b.rank.value ? a : b;
}

function setFirst(map: Map<string, AddressMatch>, key: string, match: AddressMatch): void {
  if (!map.has(key)) map.set(key, match);
}

/** Whether a network holds all of `::ffff:0:0/96`. */
function holdsMapped(bytes: Uint8Array, prefix: number): boolean {
  return maskedIpv6(mappedNetwork, prefix) === maskedIpv6(bytes, prefix);
}

const mappedNetwork = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0);

function maskedIpv4(address: number, prefix: number): number {
  return (address & ipv4Mask(prefix)) >>> 0;
}

/** The bits in front as a text; two addresses share a network when these are equal. */
function maskedIpv6(address: Uint8Array, prefix: number): string {
  const whole = prefix >> 3;
  const rest = prefix & 7;
  let key = '';
  for (let at = 0; at < whole; at += 1) key += String.fromCharCode(address[at] ?? 0);
  if (rest > 0) key += String.fromCharCode((address[whole] ?? 0) & (0xff00 >> rest));
  return key;
}
