import type { InetdKey } from '../../ast/inetd-keys.ts';
import type { LineEntry, PairsEntry, Word } from '../../ast/nodes.ts';

/** The attributes of an entry by key. */
export class EntryValues {
  readonly #values = new Map<string, readonly Word[]>();
  /** RPC, TCPMUX, TCPMUXPLUS, INTERNAL: each word that says one gives an attribute of its own. */
  readonly types: ReadonlySet<string>;

  constructor(entry: LineEntry | PairsEntry) {
    const types = new Set<string>();
    for (const { key, values } of entry.attributes) {
      if (key === 'type') for (const { text } of values) types.add(text);
      else this.#values.set(key, values);
    }
    this.types = types;
  }

  has(key: InetdKey): boolean {
    return this.#values.has(key);
  }

  texts(key: InetdKey): readonly string[] | undefined {
    return this.#values.get(key)?.map((word) => word.text);
  }

  word(key: InetdKey): Word | undefined {
    return this.#values.get(key)?.[0];
  }

  text(key: InetdKey): string | undefined {
    return this.word(key)?.text;
  }

  number(key: InetdKey): number | undefined {
    const text = this.text(key);
    return text === undefined ? undefined : Number(text);
  }
}
