import type { Report } from '../diagnostic.ts';
import type { KnownNames } from '../known-names.ts';
import type { InetdDialect } from './dialect-names.ts';

/** What holds for a whole file while it is read, in one piece or in stretches. */
export interface ReadingState {
  readonly dialect: InetdDialect;
  readonly names: KnownNames;
  readonly report: Report;
  /** Addresses of the last line that sets them; empty for all. */
  defaultAddresses: readonly string[];
  /** Said once a file. */
  hasSaidCrlf: boolean;
}
