import type { Severity } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

/** Which rules a named preset switches on, and how severe they are. */
export type Preset = (rule: Rule) => Severity | 'off' | undefined;

/** Groups whose warnings are worth interrupting anyone for; performance and portability depend on the site. */
const warningGroups: ReadonlySet<string> = new Set(['syntax', 'correctness', 'security', 'meta']);

/** All error rules, and the warnings of syntax, correctness and security. */
export const recommended: Preset = ({ meta }) => {
  const [group = ''] = meta.name.split('/');
  const isOn = meta.severity === 'error' || (meta.severity === 'warning' && warningGroups.has(group));
  return isOn ? meta.severity : 'off';
};

/** Every rule with its own severity. */
export const all: Preset = ({ meta }) => meta.severity;
