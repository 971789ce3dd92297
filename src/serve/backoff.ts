/** Growing delays between attempts: `first`, doubled each time up to `longest` (milliseconds). */
export class Backoff {
  readonly #first: number;
  readonly #longest: number;
  #next: number;

  constructor(first: number, longest: number) {
    this.#first = first;
    this.#longest = longest;
    this.#next = first;
  }

  next(): number {
    const delay = this.#next;
    this.#next = Math.min(delay * 2, this.#longest);
    return delay;
  }

  reset(): void {
    this.#next = this.#first;
  }
}
