import type { SourceText } from '../text/source-text.ts';
import type { Finding, Rule } from './rule.ts';

/** A finding as a rule reported it, before the engine settles what becomes of it. */
export interface RawFinding {
  readonly rule: Rule;
  readonly source: SourceText;
  readonly finding: Finding;
}
