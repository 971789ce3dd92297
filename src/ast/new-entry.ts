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
  readonly attributes: readonly NewAttribute[];
}

/** What a new xinetd.conf is made of, in order. */
export type NewNode = NewEntry | Comment | Blank;
