import { findAttribute, useIn } from '../../../catalog/catalogue.ts';
import { defineRule } from '../../rule.ts';
import { quote } from '../../wording.ts';
import { isMeantToSwitchOff } from './switching-off.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/attribute-not-in-defaults',
    summary: 'An attribute in a kind of section where it does not count',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'ignores-line',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: '`defaults` takes a part of the attributes only; the daemon warns about the others and ignores them. People put `rlimit_as`, `deny_time` and `flags = IPv4` there and believe that they are global. `enabled` and `disabled` are for `defaults` alone.',
    references: ['default_attributes in attr.h'],
    examples: {
      bad: 'defaults\n{\n\tflags = IPv4\n}',
      good: 'service x\n{\n\tflags = IPv4\n\t...\n}',
    },
  },
  check: ({ report }) => ({
    Attribute: (attribute, entry) => {
      if (entry.syntax !== 'block' || attribute.name === null) return;
      const known = findAttribute(attribute.key);
      if (known === undefined || useIn(known, entry.kind) !== null || isMeantToSwitchOff(attribute, entry))
        return;
      const allowed = entry.kind === 'defaults' ? 'only in a service' : "only in 'defaults'";
      report({
        at: attribute.name,
        message: `${quote(attribute.name.text)} counts ${allowed}, not here`,
      });
    },
  }),
});
