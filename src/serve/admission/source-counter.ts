/** Addresses without a server that are kept: for one that comes again and again nothing has to be made anew. */
const mostIdle = 64;

/** Counts by client address. Those whose count is zero take no memory, except the last few. */
export class SourceCounter {
  readonly #counts = new Map<string, number>();
  #idle = 0;

  count(source: string): number {
    return this.#counts.get(source) ?? 0;
  }

  add(source: string): void {
    const count = this.#counts.get(source);
    if (count === 0) this.#idle--;
    this.#counts.set(source, (count ?? 0) + 1);
  }

  remove(source: string): void {
    const left = this.count(source) - 1;
    this.#counts.set(source, left);
    if (left > 0) return;
    this.#idle++;
    if (this.#idle > mostIdle) this.#forgetIdle();
  }

  /** Addresses that take memory. */
  get sources(): number {
    return this.#counts.size;
  }

  #forgetIdle(): void {
    for (const [source, count] of this.#counts) if (count === 0) this.#counts.delete(source);
    this.#idle = 0;
  }
}
