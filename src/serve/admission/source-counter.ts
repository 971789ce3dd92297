/** Counts by client address; an address whose count is zero takes no memory. */
export class SourceCounter {
  readonly #counts = new Map<string, number>();

  count(source: string): number {
    return this.#counts.get(source) ?? 0;
  }

  add(source: string): void {
    this.#counts.set(source, this.count(source) + 1);
  }

  remove(source: string): void {
    const left = this.count(source) - 1;
    if (left > 0) this.#counts.set(source, left);
    else this.#counts.delete(source);
  }

  get sources(): number {
    return this.#counts.size;
  }
}
