import type { Format } from '../ast/nodes.ts';
import type { Severity } from '../diagnostics/diagnostic.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Benchmark, OptionValues, Rule, RuleOptions } from './rule.ts';

/** A rule that is switched on, with what the configuration of xcfg says about it. */
export interface ActiveRule {
  readonly rule: Rule;
  /** Given where the configuration decides over the severity. */
  readonly severity?: Severity;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Benchmarks whose items findings name. */
  readonly benchmarks?: readonly Benchmark[];
  /** Findings with such an item are errors. */
  readonly isRaised?: boolean;
}

/** A rule with all its options, those that nobody set by their default. */
export interface PreparedRule extends ActiveRule {
  readonly values: OptionValues<RuleOptions>;
}

/** A list of rules, sorted by what the engine calls them for. */
export class RuleSet {
  readonly byRule: ReadonlyMap<Rule, PreparedRule>;
  /** Those that look at one file of a format. */
  readonly ofFile: Readonly<Record<Format, readonly PreparedRule[]>>;
  readonly ofTree: readonly PreparedRule[];
  readonly ofSuppressions: readonly PreparedRule[];

  constructor(byRule: ReadonlyMap<Rule, PreparedRule>) {
    this.byRule = byRule;
    const all = [...byRule.values()];
    const inFiles = (format: Format) =>
      all.filter(({ rule }) => rule.check !== undefined && rule.meta.formats.includes(format));
    this.ofFile = { inetd: inFiles('inetd'), xinetd: inFiles('xinetd') };
    this.ofTree = all.filter(({ rule }) => rule.checkTree !== undefined);
    this.ofSuppressions = all.filter(({ rule }) => rule.checkSuppressions !== undefined);
  }

  has(rule: Rule): boolean {
    return this.byRule.has(rule);
  }
}

/** Prepared once for each list: a run over many trees uses few of them. */
const prepared = new WeakMap<readonly ActiveRule[], RuleSet>();

function prepare(rules: readonly ActiveRule[]): RuleSet {
  let set = prepared.get(rules);
  if (set === undefined) {
    set = new RuleSet(new Map(rules.map((each) => [each.rule, { ...each, values: optionValues(each) }])));
    prepared.set(rules, set);
  }
  return set;
}

/** Which rules are active for which file of a tree. */
export class ActiveRules {
  readonly #rulesFor: (path: string) => readonly ActiveRule[];
  readonly #bySource = new Map<SourceText, RuleSet>();

  constructor(rulesFor: (path: string) => readonly ActiveRule[]) {
    this.#rulesFor = rulesFor;
  }

  of(source: SourceText): RuleSet {
    let set = this.#bySource.get(source);
    if (set === undefined) {
      set = prepare(this.#rulesFor(source.path));
      this.#bySource.set(source, set);
    }
    return set;
  }

  /** Every rule that is active for one of the files, with the options of the first that has it. */
  ofAll(sources: readonly SourceText[]): RuleSet {
    const sets = new Set(sources.map((source) => this.of(source)));
    const [first] = sets;
    if (first !== undefined && sets.size === 1) return first;
    const all = new Map<Rule, PreparedRule>();
    for (const set of sets) for (const [rule, each] of set.byRule) if (!all.has(rule)) all.set(rule, each);
    return new RuleSet(all);
  }
}

function optionValues({ rule, options = {} }: ActiveRule): OptionValues<RuleOptions> {
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(rule.meta.options ?? {})) {
    values[name] = options[name] ?? option.default;
  }
  return values;
}
