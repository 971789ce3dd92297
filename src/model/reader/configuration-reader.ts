import type { ParseResult } from '../../grammar/result.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { Draft } from '../draft.ts';

/** What reading the files gives: entries in order and the one `defaults` they share. */
export interface ReadEntries {
  readonly defaults: Draft;
  readonly services: readonly Draft[];
  /** Entries that are lost already, for their syntax or because they are switched off. */
  readonly lost: readonly Draft[];
  /** The status with which the daemon ends while it reads. */
  readonly exitCode: number | null;
}

/** How included files become trees; a caller that has parsed them already hands them over. */
export type ParseSource = (source: SourceText) => ParseResult;
