import type { Format } from '../ast/nodes.ts';
import type { DialectChoice } from '../catalog/inetd-dialects.ts';
import type { SourceText } from '../text/source-text.ts';
import { detectFormat } from './detect.ts';
import { parseInetd } from './inetd/parse.ts';
import type { ParseResult } from './result.ts';
import { parseXinetd } from './xinetd/parse.ts';

export interface ParseOptions {
  /** Decides the format; without it the text does. */
  readonly format?: Format;
  /** How inetd.conf is read; without it as the union of all dialects. */
  readonly dialect?: DialectChoice;
}

/** Reads a configuration text of either format. Never throws; faults are problems in the result. */
export function parse(source: SourceText, options: ParseOptions = {}): ParseResult {
  const format = options.format ?? detectFormat(source);
  return format === 'inetd' ? parseInetd(source, { dialect: options.dialect }) : parseXinetd(source);
}
