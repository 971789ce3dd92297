/**
 * Networks by prefix length: a look-up asks one hash table for each length that occurs, so 100,000 networks cost what one
 * costs. `maskedKey` gives what all addresses of a network have in common.
 */
export class PrefixTable<Address, Item> {
  readonly #maskedKey: (address: Address, prefix: number) => number | string;
  readonly #tables = new Map<number, Map<number | string, Item>>();
  /** Lengths that occur, the longest first. */
  #lengths: readonly number[] = [];

  constructor(maskedKey: (address: Address, prefix: number) => number | string) {
    this.#maskedKey = maskedKey;
  }

  /** Of equal networks the first one stays. */
  add(address: Address, prefix: number, item: Item): void {
    let table = this.#tables.get(prefix);
    if (table === undefined) {
      table = new Map();
      this.#tables.set(prefix, table);
      this.#lengths = [...this.#tables.keys()].sort((a, b) => b - a);
    }
    const key = this.#maskedKey(address, prefix);
    if (!table.has(key)) table.set(key, item);
  }

  /** The item of the longest network that holds the address. */
  longest(address: Address): Item | undefined {
    for (const prefix of this.#lengths) {
      const item = this.#tables.get(prefix)?.get(this.#maskedKey(address, prefix));
      if (item !== undefined) return item;
    }
    return undefined;
  }
}
