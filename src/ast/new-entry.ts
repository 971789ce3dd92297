import type { Blank, Comment } from './nodes.ts';

/** Name and value words, these with one blank between them. */
export type NewAttribute = readonly [name: string, value: string];

/**
 * A `service` entry that is to be written. Leaner than a synthetic `BlockEntry`, because a conversion can make hundreds of
 * thousands: it says what to print and nothing else.
 */
export interface NewEntry {
  readonly type: 'NewEntry';
  readonly name: string;
  /** The first attributes. Entries that begin alike may share the list, and a printer keep its text. */
  readonly common: readonly NewAttribute[];
  readonly own: readonly NewAttribute[];
}

/** What a new xinetd.conf is made of, in order. */
export type NewNode = NewEntry | Comment | Blank;

const nothing: readonly NewAttribute[] = [];

export function newEntry(name: string, attributes: readonly NewAttribute[]): NewEntry {
  return { type: 'NewEntry', name, common: nothing, own: attributes };
}

/** The value of an attribute of a new entry. */
export function newValue({ common, own }: NewEntry, attribute: string): string | undefined {
  return [...common, ...own].find(([name]) => name === attribute)?.[1];
}
