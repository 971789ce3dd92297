/** Names that are told apart without case, as xinetd compares ids. A name that is taken gets a number behind it. */
export class UniqueNames {
  readonly #taken = new Set<string>();
  /** The number to try next, so that many equal names do not search for it from the start each time. */
  readonly #next = new Map<string, number>();

  constructor(taken: Iterable<string> = []) {
    for (const name of taken) this.#taken.add(name.toLowerCase());
  }

  isTaken(name: string): boolean {
    return this.#taken.has(name.toLowerCase());
  }

  release(name: string): void {
    this.#taken.delete(name.toLowerCase());
  }

  /** The name, or `name-2`, `name-3` and so on. */
  claim(wanted: string): string {
    const key = wanted.toLowerCase();
    if (!this.#taken.has(key)) {
      this.#taken.add(key);
      return wanted;
    }
    let number = this.#next.get(key) ?? 2;
    while (this.#taken.has(`${key}-${number}`)) number += 1;
    this.#next.set(key, number + 1);
    this.#taken.add(`${key}-${number}`);
    return `${wanted}-${number}`;
  }
}
