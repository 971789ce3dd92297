import type { RuleLevel } from '../config/configuration.ts';
import type { Benchmark, Rule, RuleName } from './rule.ts';

/**
 * What a preset says of a rule: how severe it is, or the benchmark by whose items its findings are judged; undefined leaves
 * it as it is.
 */
export type Preset = (rule: Rule) => RuleLevel | { readonly benchmark: Benchmark } | undefined;

/** Groups whose warnings are worth interrupting anyone for; performance and portability depend on the site. */
const warningGroups: ReadonlySet<string> = new Set(['syntax', 'correctness', 'security', 'meta']);

/** All error rules, and the warnings of syntax, correctness and security. */
export const recommended: Preset = ({ meta }) => {
  const isOn =
    meta.severity === 'error' || (meta.severity === 'warning' && warningGroups.has(groupOf(meta.name)));
  return isOn ? meta.severity : 'off';
};

/** Every rule with its own severity. */
const all: Preset = ({ meta }) => meta.severity;

/** Images for security exercises hand out shells on purpose, from /home, to everybody. */
const ctf: readonly RuleName[] = [
  'security/shell-as-server',
  'security/untrusted-server-path',
  'security/no-access-control',
];

/** The presets that `extends` may name. */
export const presets: Readonly<Record<string, Preset>> = {
  recommended,
  all,
  'hardening/cis': benchmark('CIS'),
  'hardening/stig': benchmark('STIG'),
  style: group('style'),
  'migration/systemd': raise(['migration/no-systemd-equivalent', 'migration/daemon-not-available'], 'info'),
  'migration/xinetd': raise(['migration/inetd-lossy-conversion'], 'warning'),
  ctf: raise(ctf, 'info'),
};

/** Of each rule that has items of it. */
function benchmark(name: Benchmark): Preset {
  return ({ meta }) => (meta.items?.some((item) => item.startsWith(name)) ? { benchmark: name } : undefined);
}

function raise(names: readonly RuleName[], level: RuleLevel): Preset {
  return ({ meta }) => (names.includes(meta.name) ? level : undefined);
}

function group(name: string): Preset {
  return ({ meta }) => (groupOf(meta.name) === name ? meta.severity : undefined);
}

function groupOf(name: string): string {
  return name.slice(0, name.indexOf('/'));
}
