/** What the probe said about itself, by name. */
export class Probed {
  readonly #lines: readonly string[];

  constructor(text: string) {
    this.#lines = text.trimEnd().split('\n');
  }

  values(name: string): string[] {
    const start = `${name}: `;
    return this.#lines
      .filter((line) => line.startsWith(start))
      .map((line) => line.slice(start.length).trim());
  }

  /** Number and kind of each; the shell of the probe keeps its own above 9. */
  descriptors(): string[] {
    return this.#lines.flatMap((line) => {
      const [, number, kind] = / (\d) -> ([a-z/]+)/.exec(line) ?? [];
      return number === undefined ? [] : [`${number} ${kind}`];
    });
  }

  /** Everything that two servers started alike have in common. */
  everything(): Record<string, string[]> {
    const names = new Set(this.#lines.flatMap((line) => /^([a-z ]+): /.exec(line)?.[1] ?? []));
    const values = [...names].map((name) => [name, this.values(name)] as const);
    return { ...Object.fromEntries(values), descriptors: this.descriptors() };
  }
}
