import { type IToken, Lexer } from 'chevrotain';
import { lexerDefinition } from './tokens.ts';

let lexer: Lexer | undefined;

/** Tokens of an xinetd.conf text; every text has a reading, so there are no lexer errors. */
export function tokenize(text: string): IToken[] {
  lexer ??= new Lexer(lexerDefinition, {
    positionTracking: 'onlyOffset',
    ensureOptimizations: true,
    skipValidations: true,
  });
  return lexer.tokenize(text).tokens;
}
