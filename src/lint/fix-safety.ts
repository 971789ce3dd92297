import type { FixSafety } from '../diagnostics/diagnostic.ts';
import { SourceText } from '../text/source-text.ts';
import { applyEdits } from '../text/text-edit.ts';
import type { Analysis } from './analysis.ts';
import { reachGrows } from './reach.ts';
import type { ProposedFix } from './rule.ts';

/**
 * Whether a fix may be made without asking: when nothing can be reached with it that could not be reached before. That
 * is not a property of the rule but of the configuration, so both are resolved and compared.
 */
export function safetyOf(fix: ProposedFix, source: SourceText, analysis: Analysis): FixSafety {
  const changed = new SourceText(source.path, applyEdits(source.text, fix.edits), source.encoding);
  const after = analysis.configurationWith(source, changed);
  if (after === undefined) return 'unsafe';
  return reachGrows(analysis.configuration, after) ? 'unsafe' : 'safe';
}
