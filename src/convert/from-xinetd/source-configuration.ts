import type { Location } from '../../diagnostics/diagnostic.ts';
import type { ParseResult } from '../../grammar/result.ts';
import type { Service } from '../../model/service.ts';
import { escapeControl } from '../../text/escape-control.ts';
import type { SourceText } from '../../text/source-text.ts';
import { lostText } from '../lost-text.ts';

/** Codes of what was said about a file, by the offset where it was said. */
export type Remarks = ReadonlyMap<SourceText, ReadonlyMap<number, string>>;

/** A service of an xinetd configuration as it is to be carried over. */
export interface SourceService {
  readonly service: Service;
  readonly isDisabled: boolean;
}

/** An entry that cannot be carried over, because the daemon would not run it either, also if it were not switched off. */
export interface LostEntry {
  readonly name: string;
  readonly location: Location;
  readonly code: string;
}

export interface SourceConfiguration {
  /** In the order of their files, and there by place. */
  readonly services: readonly SourceService[];
  readonly lost: readonly LostEntry[];
  /** Every file that was read, in that order. */
  readonly trees: readonly ParseResult[];
  readonly remarks: Remarks;
}

/** Where something stands, with the file where that is not the main one. */
export function placeIn(
  { trees }: Pick<SourceConfiguration, 'trees'>,
  source: SourceText,
  offset: number,
): string {
  const line = `line ${source.lineAt(offset)}`;
  return source === trees[0]?.source ? line : `${escapeControl(source.path)}, ${line}`;
}

/** An entry that could not be carried over, as a comment. */
export function lostEntryComment(
  { name, location, code }: LostEntry,
  configuration: SourceConfiguration,
): readonly string[] {
  const { source, range } = location;
  return lostText(placeIn(configuration, source, range.start), `${code} (service ${name})`, []);
}
