/**
 * Counts events in windows of a fixed length that begin with their first event: at most `limit` of them pass in each. One
 * number and one time, whatever the rate is.
 *
 * xinetd's window for `cps = N S` is N seconds long and divides in integers, so that the rate it allows depends on N; here
 * it is the second of the manual.
 */
export class RateWindow {
  readonly #limit: number;
  readonly #length: number;
  #start = Number.NEGATIVE_INFINITY;
  #count = 0;

  /** `length` in milliseconds. */
  constructor(limit: number, length: number) {
    this.#limit = limit;
    this.#length = length;
  }

  /** Counts one event at a time of the monotonic clock; false when it is one too many. */
  take(now: number): boolean {
    if (now - this.#start >= this.#length) {
      this.#start = now;
      this.#count = 0;
    }
    this.#count++;
    return this.#count <= this.#limit;
  }

  /** True when the window is over and says nothing any more. */
  isOver(now: number): boolean {
    return now - this.#start >= this.#length;
  }
}
