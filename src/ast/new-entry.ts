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
  /** Entries that differ in a few values alone share it, and a printer keeps its text. */
  readonly form: EntryForm;
  /** For the attributes of the form that have no value, in their order. */
  readonly values: readonly string[];
}

/** The attributes of entries, each with the value that all of them have; null where each has its own. */
export type EntryForm = readonly (readonly [name: string, value: string | null])[];

/** What a new xinetd.conf is made of, in order. */
export type NewNode = NewEntry | Comment | Blank;

const nothing: readonly string[] = [];

export function newEntry(name: string, attributes: readonly NewAttribute[]): NewEntry {
  return { type: 'NewEntry', name, form: attributes, values: nothing };
}

/** The value of an attribute of a new entry. */
export function newValue({ form, values }: NewEntry, attribute: string): string | undefined {
  let own = 0;
  for (const [name, value] of form) {
    if (name === attribute) return value ?? values[own];
    if (value === null) own += 1;
  }
  return undefined;
}
