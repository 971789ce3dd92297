import { dialectNames } from '../catalog/inetd-dialects.ts';
import type { KnownNames } from '../config/parse-configuration.ts';
import { presets } from './presets.ts';
import { type Rule, ruleGroups } from './rule.ts';

/** The names that a configuration of xcfg may use. */
export function knownNames(rules: readonly Rule[]): KnownNames {
  return {
    rules: [...rules.map(({ meta }) => meta.name), ...ruleGroups.map((group) => `${group}/*`)],
    presets: Object.keys(presets),
    dialects: dialectNames,
    optionsOf: (name) => rules.find(({ meta }) => meta.name === name)?.meta.options ?? {},
  };
}
