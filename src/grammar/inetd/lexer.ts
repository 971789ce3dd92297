import { type IToken, Lexer } from 'chevrotain';
import type { DialectRules } from './dialects.ts';
import { definitionFrom, type LineMode } from './tokens.ts';

const lexers = new Map<LineMode, Lexer>();

/** Tokens of an inetd.conf text; every text has a reading, so there are no lexer errors. */
export function tokenize(text: string, rules: DialectRules): IToken[] {
  return lexerOf(lineMode(rules)).tokenize(text).tokens;
}

/** A lexer of one line mode and those that it leads to: the analysis of all takes a tenth of a short run. */
function lexerOf(mode: LineMode): Lexer {
  let lexer = lexers.get(mode);
  if (lexer === undefined) {
    lexer = new Lexer(definitionFrom(mode), {
      positionTracking: 'onlyOffset',
      ensureOptimizations: true,
      skipValidations: true,
    });
    lexers.set(mode, lexer);
  }
  return lexer;
}

function lineMode(rules: DialectRules): LineMode {
  if (rules.definitions === 'always') return 'netbsd';
  const mode = rules.definitions === 'likely' ? 'union' : rules.hash === 'column-1' ? 'plain' : 'hash';
  return rules.backslash === 'joins-lines' ? `${mode}-joined` : mode;
}
