import type { FixSafety } from '../diagnostics/diagnostic.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Analysis } from './analysis.ts';
import { reachGrows } from './reach.ts';
import type { ProposedFix } from './rule.ts';

/**
 * Whether a fix may be made without asking: when nothing can be reached with it that could not be reached before. That
 * is not a property of the rule but of the configuration, so both are resolved and compared.
 */
export function safetyOf(fix: ProposedFix, source: SourceText, analysis: Analysis): FixSafety {
  if (fix.isIntrusive === true) return 'unsafe';
  const change = analysis.change(source, fix.edits);
  if (change === undefined) return fix.isNarrowing === true ? 'safe' : 'unsafe';
  return reachGrows(change.before, change.after) ? 'unsafe' : 'safe';
}
