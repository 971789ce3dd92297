import type { Severity } from '../diagnostics/diagnostic.ts';
import type { SourceText } from '../text/source-text.ts';
import type { OptionValues, Rule, RuleOptions } from './rule.ts';

/** A rule that is switched on, with what the configuration of xcfg says about it. */
export interface ActiveRule {
  readonly rule: Rule;
  /** Given where the configuration decides over the severity. */
  readonly severity?: Severity;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** A rule with all its options, those that nobody set by their default. */
export interface PreparedRule extends ActiveRule {
  readonly values: OptionValues<RuleOptions>;
}

/** Which rules are active for which file, prepared once: most files share one list. */
export class ActiveRules {
  readonly #rulesFor: (path: string) => readonly ActiveRule[];
  readonly #prepared = new Map<readonly ActiveRule[], ReadonlyMap<Rule, PreparedRule>>();

  constructor(rulesFor: (path: string) => readonly ActiveRule[]) {
    this.#rulesFor = rulesFor;
  }

  of(source: SourceText): ReadonlyMap<Rule, PreparedRule> {
    const rules = this.#rulesFor(source.path);
    let prepared = this.#prepared.get(rules);
    if (prepared === undefined) {
      prepared = new Map(rules.map((each) => [each.rule, { ...each, values: optionValues(each) }]));
      this.#prepared.set(rules, prepared);
    }
    return prepared;
  }

  /** Every rule that is active for one of the files, with the options of the first that has it. */
  ofAll(sources: readonly SourceText[]): ReadonlyMap<Rule, PreparedRule> {
    const [first] = sources;
    const lists = new Set(sources.map((source) => this.of(source)));
    if (lists.size === 1 && first !== undefined) return this.of(first);
    const all = new Map<Rule, PreparedRule>();
    for (const list of lists)
      for (const [rule, prepared] of list) if (!all.has(rule)) all.set(rule, prepared);
    return all;
  }
}

function optionValues({ rule, options = {} }: ActiveRule): OptionValues<RuleOptions> {
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(rule.meta.options ?? {})) {
    values[name] = options[name] ?? option.default;
  }
  return values;
}
