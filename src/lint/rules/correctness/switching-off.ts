import type { Attribute, Entry } from '../../../ast/nodes.ts';
import { meantValues } from '../../line.ts';

/** `disabled = yes` and `enabled = no` in a service, `disable = yes` in `defaults`: meant to switch off, and do not. */
export function isMeantToSwitchOff(attribute: Attribute, entry: Entry): boolean {
  const [value, ...rest] = meantValues(attribute);
  if (value === undefined || rest.length > 0) return false;
  const text = value.text.toLowerCase();
  if (entry.kind === 'defaults') return attribute.key === 'disable' && text === 'yes';
  return (
    (attribute.key === 'disabled' && /^(?:yes|true|on|1)$/.test(text)) ||
    (attribute.key === 'enabled' && /^(?:no|false|off|0)$/.test(text))
  );
}
