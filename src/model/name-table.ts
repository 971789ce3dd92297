/**
 * Values by a few names that the catalogue has, in the order in which they came. An entry has a dozen: comparing them one by one
 * is as fast as hashing, and a Map would have grown twice by then, which was a fifth of what reading an entry took.
 */
export class NameTable<Value> implements Iterable<readonly [string, Value]> {
  readonly #names: string[];
  readonly #values: Value[];

  constructor(from: Iterable<readonly [string, Value]> = []) {
    this.#names = [];
    this.#values = [];
    for (const [name, value] of from) this.set(name, value);
  }

  has(name: string): boolean {
    return this.#names.includes(name);
  }

  get(name: string): Value | undefined {
    const at = this.#names.indexOf(name);
    return at === -1 ? undefined : this.#values[at];
  }

  set(name: string, value: Value): void {
    const at = this.#names.indexOf(name);
    if (at === -1) {
      this.#names.push(name);
      this.#values.push(value);
    } else this.#values[at] = value;
  }

  *[Symbol.iterator](): Iterator<readonly [string, Value]> {
    for (const [at, name] of this.#names.entries()) yield [name, this.#values[at] as Value];
  }
}

/** A few names that the catalogue has. */
export class NameSet {
  #names: string[];

  constructor(names: readonly string[] = []) {
    this.#names = [...names];
  }

  get names(): readonly string[] {
    return this.#names;
  }

  has(name: string): boolean {
    return this.#names.includes(name);
  }

  add(name: string): void {
    if (!this.has(name)) this.#names.push(name);
  }

  delete(name: string): void {
    this.#names = this.#names.filter((each) => each !== name);
  }
}
