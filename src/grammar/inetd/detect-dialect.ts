import type { Dialect, DialectChoice } from '../../catalog/inetd-dialects.ts';
import type { ParseResult } from '../result.ts';
import { type DialectSign, signsOf } from './dialect-signs.ts';

export interface DetectedDialect {
  /** `auto` where the signs leave several, or where there are none. */
  readonly dialect: DialectChoice;
  readonly signs: readonly DialectSign[];
}

const weights = { sure: 0, strong: 4, weak: 1 } as const;

/** For which daemon a file was written. It has to be read as the union of all dialects. */
export function detectDialect({ file, source }: ParseResult): DetectedDialect {
  const signs = file.children.flatMap((node) => signsOf(node, source));
  const sure = signs.find(({ strength }) => strength === 'sure');
  const [only, ...others] = sure?.dialects ?? [];
  const isDecided = only !== undefined && others.length === 0;
  return { dialect: isDecided ? only : mostLikely(signs, sure), signs };
}

/** The dialect that most signs speak for, among those that the sure sign leaves. */
function mostLikely(signs: readonly DialectSign[], sure: DialectSign | undefined): DialectChoice {
  const scores = new Map<Dialect, number>();
  for (const { dialects, strength } of signs) {
    for (const dialect of dialects) {
      if (sure !== undefined && !sure.dialects.includes(dialect)) continue;
      scores.set(dialect, (scores.get(dialect) ?? 0) + weights[strength]);
    }
  }
  const [first, second] = [...scores].sort(([, a], [, b]) => b - a);
  return first !== undefined && first[1] > (second?.[1] ?? 0) ? first[0] : 'auto';
}
