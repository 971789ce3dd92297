import type { KnownNames } from '../convert/known-names.ts';
import type { HostTables, ModelFiles } from '../model/host-tables.ts';
import type { Encoding, SourceText } from '../text/source-text.ts';

export interface ConversionInput {
  readonly source: SourceText;
  readonly format: 'inetd' | 'xinetd';
  readonly tables: HostTables & KnownNames;
  readonly files: ModelFiles;
  /** Whether hosts.allow or hosts.deny of the system holds a rule. */
  readonly hasHostsRules: boolean;
}

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** What a conversion makes. Diagnostics are complete when one of the first two has been taken to its end. */
export interface Conversion {
  /** One document, in pieces. */
  readonly document: () => Iterable<string>;
  /** A file for each service; null where that makes no sense. */
  readonly files: (() => readonly NamedText[]) | null;
  /** What a person should know besides the diagnostics. */
  readonly notes: () => readonly string[];
  /** How the text becomes the bytes that the source has. */
  readonly encoding: Encoding;
}
