/** Places of a table that is nearly empty; always a power of two. */
const fewestPlaces = 64;

/** Marks a place where nothing lies. */
const nothing = -1;

/**
 * Values by a number of 31 bits (a process, a token), for those that come and go all the time.
 *
 * A Map that is nearly empty makes itself a new table with every few deletions, and V8 links the old table to the new one:
 * once one of them is old, none of its successors, nor what they held, is freed before the next full collection. Measured:
 * 280 bytes for each connection, 10 MiB in all.
 */
export class NumberTable<Value> {
  /** A number lies at its place, its last bits, or behind it where that was taken, with no empty place between. */
  #numbers = new Int32Array(fewestPlaces).fill(nothing);
  #values = emptyPlaces<Value>(fewestPlaces);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(number: number): Value | undefined {
    return this.#values[this.#find(number)];
  }

  set(number: number, value: Value): void {
    const place = this.#find(number);
    if (this.#numberAt(place) === nothing) this.#size++;
    this.#numbers[place] = number;
    this.#values[place] = value;
    if (this.#size > this.#numbers.length / 2) this.#resize(this.#numbers.length * 2);
  }

  delete(number: number): void {
    const place = this.#find(number);
    if (this.#numberAt(place) === nothing) return;
    this.#size--;
    this.#empty(place);
    const { length } = this.#numbers;
    if (length > fewestPlaces && this.#size < length / 8) this.#resize(length / 2);
  }

  /** In no order. */
  *values(): IterableIterator<Value> {
    for (const value of this.#values) if (value !== undefined) yield value;
  }

  /** Where a number lies, or would have to. */
  #find(number: number): number {
    let place = this.#wrap(number);
    while (this.#numberAt(place) !== number && this.#numberAt(place) !== nothing) place = this.#next(place);
    return place;
  }

  /** Empties a place, and fills it again with what lies behind it because it was taken. */
  #empty(place: number): void {
    let hole = place;
    for (let at = this.#next(hole); this.#numberAt(at) !== nothing; at = this.#next(at)) {
      const displaced = this.#wrap(at - this.#numberAt(at));
      if (displaced < this.#wrap(at - hole)) continue;
      this.#numbers[hole] = this.#numberAt(at);
      this.#values[hole] = this.#values[at];
      hole = at;
    }
    this.#numbers[hole] = nothing;
    this.#values[hole] = undefined;
  }

  #resize(places: number): void {
    const numbers = this.#numbers;
    const values = this.#values;
    this.#numbers = new Int32Array(places).fill(nothing);
    this.#values = emptyPlaces(places);
    for (const [at, number] of numbers.entries()) {
      if (number === nothing) continue;
      const place = this.#find(number);
      this.#numbers[place] = number;
      this.#values[place] = values[at];
    }
  }

  #wrap(place: number): number {
    return place & (this.#numbers.length - 1);
  }

  #numberAt(place: number): number {
    return this.#numbers[place] ?? nothing;
  }

  #next(place: number): number {
    return this.#wrap(place + 1);
  }
}

function emptyPlaces<Value>(count: number): (Value | undefined)[] {
  return new Array<Value | undefined>(count).fill(undefined);
}
