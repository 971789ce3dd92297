import type { Configuration, RuleEntries, RuleLevel } from '../config/configuration.ts';
import { isPath } from '../config/preset-name.ts';
import type { ActiveRule } from './active-rules.ts';
import { presets } from './presets.ts';
import type { Benchmark, Rule } from './rule.ts';
import { matchesRule } from './suppressions/suppress.ts';

/** One configuration file, with a way to tell which paths the patterns of its overrides mean. */
export interface SettingsLayer {
  /** The file, for people. */
  readonly name: string;
  readonly configuration: Configuration;
  readonly matches: (patterns: readonly string[], path: string) => boolean;
}

interface Setting {
  readonly level: RuleLevel;
  /** What said so last. */
  readonly from: string;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Benchmarks whose items findings name; those with an item are errors unless a later layer set the level. */
  readonly benchmarks?: readonly Benchmark[];
  readonly isRaised?: boolean;
}

/** What the configuration makes of a rule, and which layer said so. */
export interface RuleSetting extends Setting {
  readonly rule: Rule;
}

/**
 * Which rules are active for which file, and how. Later layers win: what rules say themselves, presets in order,
 * `rules`, overrides in order, the command line.
 */
export class RuleSettings {
  readonly #rules: readonly Rule[];
  readonly #layers: readonly SettingsLayer[];
  readonly #commandLine: RuleEntries;
  readonly #known = new Map<string, readonly ActiveRule[]>();

  /** `layers`: what a file extends comes before it. */
  constructor(rules: readonly Rule[], layers: readonly SettingsLayer[], commandLine: RuleEntries) {
    this.#rules = rules;
    this.#layers = layers;
    this.#commandLine = commandLine;
  }

  /** Every rule with what is said about it for a file. */
  settingsFor(path: string): readonly RuleSetting[] {
    const settings = this.#settings(this.#matching(path));
    return this.#rules.map((rule) => ({ rule, ...(settings.get(rule) ?? notMentioned) }));
  }

  /** The same list for files that are treated alike. */
  rulesFor(path: string): readonly ActiveRule[] {
    const matching = this.#matching(path);
    const key = JSON.stringify(matching);
    let active = this.#known.get(key);
    if (active === undefined) {
      active = this.#resolve(matching);
      this.#known.set(key, active);
    }
    return active;
  }

  /** Which overrides of each layer mean the file. */
  #matching(path: string): readonly (readonly boolean[])[] {
    return this.#layers.map(({ configuration, matches }) =>
      (configuration.overrides ?? []).map(({ files }) => matches(files, path)),
    );
  }

  #resolve(matching: readonly (readonly boolean[])[]): readonly ActiveRule[] {
    const settings = this.#settings(matching);
    return this.#rules.flatMap((rule) => {
      const { level, options, benchmarks, isRaised = false } = settings.get(rule) ?? notMentioned;
      if (level === 'off') return [];
      // What is not changed is left to the finding, which may be milder than its rule.
      const severity = level === rule.meta.severity ? {} : { severity: level };
      return [
        {
          rule,
          ...severity,
          ...(options === undefined ? {} : { options }),
          ...(benchmarks === undefined ? {} : { benchmarks, isRaised }),
        },
      ];
    });
  }

  #settings(matching: readonly (readonly boolean[])[]): ReadonlyMap<Rule, Setting> {
    const settings = new Map<Rule, Setting>();
    const hasPresets = this.#layers.some(({ configuration }) =>
      configuration.extends?.some((name) => !isPath(name)),
    );
    if (!hasPresets) this.#extend(settings, ['recommended']);
    for (const { configuration, name } of this.#layers) {
      this.#extend(settings, configuration.extends ?? []);
      this.#apply(settings, general(configuration), name);
      this.#apply(settings, configuration.rules ?? {}, name);
    }
    for (const [index, { configuration, name }] of this.#layers.entries()) {
      for (const [at, override] of (configuration.overrides ?? []).entries()) {
        if (matching[index]?.[at] !== true) continue;
        this.#extend(settings, override.extends ?? []);
        this.#apply(settings, override.rules ?? {}, `${name}, override for ${override.files.join(' ')}`);
      }
    }
    this.#apply(settings, this.#commandLine, 'command line');
    return settings;
  }

  #extend(settings: Map<Rule, Setting>, names: readonly string[]): void {
    for (const name of names) {
      const preset = presets[name];
      if (preset === undefined) continue;
      for (const rule of this.#rules) {
        const said = preset(rule);
        if (said === undefined) continue;
        const known = settings.get(rule);
        const from = `preset ${name}`;
        if (typeof said === 'string') {
          settings.set(rule, { ...known, level: said, from });
          continue;
        }
        // A rule that is off is switched on; what has no item stays as severe as it is.
        const level = known === undefined || known.level === 'off' ? rule.meta.severity : known.level;
        const benchmarks = [...(known?.benchmarks ?? []), said.benchmark];
        settings.set(rule, { ...known, level, from, benchmarks, isRaised: true });
      }
    }
  }

  #apply(settings: Map<Rule, Setting>, entries: RuleEntries, from: string): void {
    for (const [pattern, entry] of Object.entries(entries)) {
      const [level, options] = typeof entry === 'string' ? [entry, undefined] : entry;
      for (const rule of this.#rules) {
        if (!matchesRule(pattern, rule.meta.name)) continue;
        const known = settings.get(rule);
        const merged = { ...known?.options, ...options };
        settings.set(rule, {
          level,
          from,
          ...(Object.keys(merged).length === 0 ? {} : { options: merged }),
          ...(known?.benchmarks === undefined ? {} : { benchmarks: known.benchmarks }),
        });
      }
    }
  }
}

const notMentioned: Setting = { level: 'off', from: 'default' };

/** Settings outside of `rules` that are options of rules. */
function general({ requireReason, network }: Configuration): RuleEntries {
  return {
    ...(requireReason === undefined ? {} : { 'meta/invalid-suppression': ['error', { requireReason }] }),
    ...(network?.firewalled === undefined
      ? {}
      : { 'security/no-access-control': ['warning', { firewalled: network.firewalled }] }),
  };
}
