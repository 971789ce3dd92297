import { type IToken, Lexer } from 'chevrotain';
import type { DialectRules } from './dialects.ts';
import { type LineMode, lexerDefinition } from './tokens.ts';

let lexer: Lexer | undefined;

/** Tokens of an inetd.conf text; every text has a reading, so there are no lexer errors. */
export function tokenize(text: string, rules: DialectRules): IToken[] {
  lexer ??= new Lexer(lexerDefinition, {
    positionTracking: 'onlyOffset',
    ensureOptimizations: true,
    skipValidations: true,
  });
  return lexer.tokenize(text, lineMode(rules)).tokens;
}

function lineMode(rules: DialectRules): LineMode {
  if (rules.definitions === 'always') return 'netbsd';
  const mode = rules.definitions === 'likely' ? 'union' : rules.hash === 'column-1' ? 'plain' : 'hash';
  return rules.backslash === 'joins-lines' ? `${mode}-joined` : mode;
}
