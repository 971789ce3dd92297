import type { Attribute, BlockEntry } from '../../../ast/nodes.ts';
import type { SourceText } from '../../../text/source-text.ts';
import { meantValues, removeLines } from '../../line.ts';
import { defineRule, type Finding } from '../../rule.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/v6only-misread',
    summary: 'A v6only that means the opposite, or nothing',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'misreads',
    fixable: 'unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'The daemon tests whether the attribute was written, not what it says: `v6only = no` makes the service refuse IPv4, and in `defaults` it changes nothing.',
    references: ['activate_normal in service.c'],
    examples: {
      bad: 'flags = IPv6\nonly_from = 2001:db8::/32\nv6only = no',
      good: 'flags = IPv6\nbind = 2001:db8::1\nonly_from = 2001:db8::/32',
    },
  },
  check: ({ source, report }) => ({
    Attribute: (attribute, entry) => {
      if (attribute.key !== 'v6only' || entry.syntax !== 'block') return;
      const finding = misreading(attribute, entry, source);
      if (finding !== undefined) report(finding);
    },
  }),
});

function misreading(attribute: Attribute, entry: BlockEntry, source: SourceText): Finding | undefined {
  const [value] = meantValues(attribute);
  const text = value?.text.toLowerCase();
  if (value === undefined || (text !== 'yes' && text !== 'no')) return undefined;
  if (entry.kind === 'defaults' && text === 'no') {
    return {
      at: attribute,
      message:
        "'v6only = no' says in 'defaults' what holds anyway; leave it out, for in a service it switches it on",
      severity: 'info',
      effect: 'none',
    };
  }
  if (entry.kind === 'defaults') {
    return {
      at: attribute,
      message: "'v6only' does nothing in 'defaults'; write it into the services",
      severity: 'warning',
      consequence: 'the daemon reads it and does not use it',
    };
  }
  if (isIpv4(entry)) {
    return {
      at: attribute,
      message: "'v6only' means nothing for an IPv4 service",
      severity: 'warning',
      effect: 'none',
      consequence: 'the daemon does not use it',
    };
  }
  if (text === 'no') {
    return {
      at: attribute,
      message: "'v6only = no' switches it on, like every value; leave the line out",
      consequence: 'the service refuses IPv4 clients',
      fix: { description: "Remove 'v6only = no'", edits: [removeLines(source, attribute)] },
    };
  }
  return undefined;
}

function isIpv4(entry: BlockEntry): boolean {
  return entry.attributes.some(
    ({ key, values }) =>
      (key === 'flags' && values.some(({ text }) => text.toUpperCase() === 'IPV4')) ||
      (key === 'bind' && /^\d+(?:\.\d+){3}$/.test(values[0]?.text ?? '')),
  );
}
