import type { Problem, TopLevel } from '../../ast/nodes.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { ParseResult } from '../result.ts';
import { tokenize } from './lexer.ts';
import { XinetdParser } from './parser.ts';
import { missingPath, topLevelProblem } from './problems.ts';

let parser: XinetdParser | undefined;

/** Reads an xinetd.conf text. Never throws; what could not be understood is an `Unknown` with a problem. */
export function parseXinetd(source: SourceText): ParseResult {
  parser ??= new XinetdParser({ skipValidations: true });
  const { text } = source;
  const children = parser.parse(tokenize(text));
  const problems = topLevelProblems(children);
  return { source, file: { type: 'File', format: 'xinetd', start: 0, end: text.length, children, problems } };
}

function topLevelProblems(nodes: readonly TopLevel[]): readonly Problem[] {
  const problems: Problem[] = [];
  for (const node of nodes) {
    if (node.type === 'Unknown') problems.push(topLevelProblem(node.words[0], node));
    if (node.type === 'Directive' && node.keyword !== null && node.values.length === 0) {
      problems.push(missingPath(node.keyword));
    }
  }
  return problems;
}
