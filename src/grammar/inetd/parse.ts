import type { File } from '../../ast/nodes.ts';
import type { DialectChoice } from '../../catalog/inetd-dialects.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { ParseResult } from '../result.ts';
import { type DialectRules, rulesOf } from './dialects.ts';
import { tokenize } from './lexer.ts';
import { InetdParser } from './parser.ts';
import { problem } from './problems.ts';
import { TreeBuilder } from './tree-builder.ts';

/** A file with the dialect that it was read in. */
export interface InetdParseResult extends ParseResult {
  readonly dialect: DialectChoice;
}

export interface InetdParseOptions {
  /** `auto` without it: the union of all. */
  readonly dialect?: DialectChoice | undefined;
  /** Rules of one's own, in place of those of the dialect. */
  readonly rules?: DialectRules | undefined;
}

let parser: InetdParser | undefined;

/** Reads an inetd.conf text. Never throws; what could not be understood is a problem, of the file or of its entry. */
export function parseInetd(source: SourceText, options: InetdParseOptions = {}): InetdParseResult {
  parser ??= new InetdParser({ skipValidations: true });
  const { text } = source;
  const rules = options.rules ?? rulesOf(options.dialect ?? 'auto');
  const tree = new TreeBuilder(text, rules);
  const children = parser.parse(tokenize(text, rules), tree);
  const crlf = text.indexOf('\r\n');
  if (crlf !== -1 && rules.carriageReturn !== 'white-space') {
    const message = 'most daemons leave the carriage return in the last word of each line';
    tree.problems.push(problem('crlf', { start: crlf, end: crlf + 1 }, message));
  }
  const problems = tree.problems.sort((a, b) => a.start - b.start);
  const file: File = { type: 'File', format: 'inetd', start: 0, end: text.length, children, problems };
  return { source, file, dialect: rules.dialect };
}
