import type { Format } from '../ast/nodes.ts';
import type { SourceText } from '../text/source-text.ts';
import { detectFormat } from './detect.ts';
import type { ParseResult } from './result.ts';
import { parseXinetd } from './xinetd/parse.ts';

export interface ParseOptions {
  /** Decides the format; without it the text does. */
  readonly format?: Format;
}

/** Reads a configuration text of either format. Never throws; faults are problems in the result. */
export function parse(source: SourceText, options: ParseOptions = {}): ParseResult {
  const format = options.format ?? detectFormat(source);
  if (format === 'inetd') throw new RangeError('inetd.conf has no grammar yet');
  return parseXinetd(source);
}
