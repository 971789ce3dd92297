import type { File, Problem } from '../../ast/nodes.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { ParseResult } from '../result.ts';
import { tokenize } from './lexer.ts';
import { XinetdParser } from './parser.ts';
import { missingPath, topLevelProblem } from './problems.ts';

let parser: XinetdParser | undefined;

/** Reads an xinetd.conf text. Never throws; what could not be understood is an `Unknown` with a problem. */
export function parseXinetd(source: SourceText): ParseResult {
  parser ??= new XinetdParser({ skipValidations: true });
  parser.input = tokenize(source.text);
  const parsed: File = parser.file();
  return {
    source,
    file: { ...parsed, end: source.text.length, problems: topLevelProblems(parsed) },
  };
}

function topLevelProblems(file: File): readonly Problem[] {
  const problems: Problem[] = [];
  for (const node of file.children) {
    if (node.type === 'Unknown') problems.push(topLevelProblem(node.words[0], node));
    if (node.type === 'Directive' && node.keyword !== null && node.values.length === 0) {
      problems.push(missingPath(node.keyword));
    }
  }
  return problems;
}
