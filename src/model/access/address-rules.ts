import type { QuirkSet } from '../quirks.ts';
import type { Service } from '../service.ts';
import { type AddressMatch, AddressSet, exactRank } from './address-set.ts';
import type { ClientAddress } from './client-address.ts';

/** Whether the lists of a service let a client in, and by which of their words. */
export interface AddressDecision {
  /** `needs-name`: nobody can say before the name of the client is known. */
  readonly verdict: 'allowed' | 'refused' | 'needs-name';
  /** Words that fit the client. */
  readonly onlyFrom: AddressMatch | null;
  readonly noAccess: AddressMatch | null;
}

/** `only_from` and `no_access` of a service, ready for many clients. */
export class AddressRules {
  readonly #onlyFrom: AddressSet | null;
  readonly #noAccess: AddressSet | null;
  readonly #quirks: QuirkSet;

  constructor({ onlyFrom, noAccess }: Pick<Service, 'onlyFrom' | 'noAccess'>, quirks: QuirkSet) {
    this.#onlyFrom = onlyFrom === null ? null : new AddressSet(onlyFrom, 'admits', quirks);
    this.#noAccess = noAccess === null ? null : new AddressSet(noAccess, 'refuses', quirks);
    this.#quirks = quirks;
  }

  /** Whether there is nothing to check. */
  get isOpen(): boolean {
    return this.#onlyFrom === null && this.#noAccess === null;
  }

  /** `name`: the client's, null when it has none that can be trusted, undefined when nobody has asked yet. */
  decide(client: ClientAddress, name: string | null | undefined): AddressDecision {
    const known = this.#isNameless(client) ? null : name;
    const onlyFrom = this.#onlyFrom?.best(client, known ?? null) ?? null;
    const noAccess = this.#noAccess?.best(client, known ?? null) ?? null;
    const verdict = this.#verdict(onlyFrom, noAccess);
    const isOpenQuestion = known === undefined && this.#couldChange(verdict, onlyFrom, noAccess);
    return { verdict: isOpenQuestion ? 'needs-name' : verdict, onlyFrom, noAccess };
  }

  /** The daemon looks up the name of a mapped address, which no hosts file has. */
  #isNameless({ four, isSix }: ClientAddress): boolean {
    return isSix && four !== null && this.#quirks.has('mapped-clients');
  }

  #verdict(onlyFrom: AddressMatch | null, noAccess: AddressMatch | null): 'allowed' | 'refused' {
    if (onlyFrom === null) return noAccess === null && this.#onlyFrom === null ? 'allowed' : 'refused';
    if (noAccess === null) return 'allowed';
    return !this.#quirks.has('both-lists-refuse') && isBetter(onlyFrom, noAccess) ? 'allowed' : 'refused';
  }

  /** Whether a name could turn the verdict around. */
  #couldChange(
    verdict: 'allowed' | 'refused',
    onlyFrom: AddressMatch | null,
    noAccess: AddressMatch | null,
  ): boolean {
    if (verdict === 'allowed') return this.#noAccess?.hasNames === true;
    // Nothing beats a word for exactly this address.
    const isFinal =
      noAccess !== null && (this.#quirks.has('both-lists-refuse') || noAccess.rank.value >= exactRank);
    return !isFinal && onlyFrom?.rank.value !== exactRank && this.#onlyFrom?.hasNames === true;
  }
}

/**
 * Whether the word that admits fits more exactly than the one that refuses. A name and a network cannot be compared,
 * which refuses.
 */
function isBetter(admits: AddressMatch, refuses: AddressMatch): boolean {
  if (admits.rank.of === refuses.rank.of) return admits.rank.value > refuses.rank.value;
  return admits.rank.value >= exactRank && refuses.rank.value < exactRank;
}
