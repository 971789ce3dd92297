import type { FixSafety } from '../diagnostics/diagnostic.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Analysis } from './analysis.ts';
import { changesOnlyComments } from './comment-change.ts';
import { doesHarm } from './harm.ts';
import type { ProposedFix, RuleMeta } from './rule.ts';

/**
 * Whether a fix may be made without asking: when it restores the only thing that the text can mean, and nothing can be
 * reached with it that could not be reached before. The first is known of the rule: some guess, and what is a guess stays
 * one where the entry does not run. The second is a property of the configuration, so both are resolved and compared.
 */
export function safetyOf(
  fix: ProposedFix,
  { fixable }: RuleMeta,
  source: SourceText,
  analysis: Analysis,
): FixSafety {
  if (fixable === 'unsafe' || fix.isIntrusive === true) return 'unsafe';
  const change = analysis.change(source, fix.edits);
  if (change !== undefined) return doesHarm(change.before, change.after) ? 'unsafe' : 'safe';
  const file = analysis.fileOf(source);
  const isHarmless = fix.isNarrowing === true || (file !== undefined && changesOnlyComments(file, fix.edits));
  return isHarmless ? 'safe' : 'unsafe';
}
