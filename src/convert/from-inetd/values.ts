import type { InetdKey } from '../../ast/inetd-keys.ts';
import type { Attribute } from '../../ast/nodes.ts';

/** The values of an entry by their keys. */
export interface Values {
  first(key: InetdKey): string | undefined;
  /** Of all attributes of the key: an RPC service that is built in has two types. */
  all(key: InetdKey): readonly string[];
  number(key: InetdKey): number | null;
}

export function valuesOf(attributes: readonly Attribute[]): Values {
  const first = (key: InetdKey) => attributes.find((attribute) => attribute.key === key)?.values[0]?.text;
  return {
    first,
    all: (key) =>
      attributes
        .filter((attribute) => attribute.key === key)
        .flatMap(({ values }) => values.map(({ text }) => text)),
    number: (key) => {
      const text = first(key);
      return text === undefined ? null : Number(text);
    },
  };
}
