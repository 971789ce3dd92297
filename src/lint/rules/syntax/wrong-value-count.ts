import type { Attribute, Entry } from '../../../ast/nodes.ts';
import type { CatalogueAttribute } from '../../../catalog/attribute.ts';
import type { SourceText } from '../../../text/source-text.ts';
import { badValueEffect, catalogued, indentOf } from '../../line.ts';
import { defineRule, type ProposedFix } from '../../rule.ts';
import { plural, quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'syntax/wrong-value-count',
    summary: 'An attribute with too many values or too few',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'ignores-line',
    fixable: 'unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'The daemon warns, ignores the line and leaves the attribute unset: `bind = 10.9.9.1 10.9.9.2` listens on everything, `cps = 1` falls back to 50 and 10, `redirect = host:port` ends in `Must specify a server`. A list that needs a value and has none costs the service.',
    references: ['identify_attribute in parse.c'],
    examples: { bad: 'bind = 192.0.2.1 192.0.2.2', good: 'bind = 192.0.2.1' },
    explains: ['correctness/*'],
  },
  check: ({ source, report }) => ({
    Attribute: (attribute, entry) => {
      const known = catalogued(attribute, entry);
      if (known === undefined || attribute.operator === null) return;
      const { values } = attribute;
      const { min, max } = known.count;
      if (values.length >= min && values.length <= max) return;
      const surplus = values[max];
      const last = values.at(-1);
      const fix = repair(attribute, entry, known, source);
      report({
        at: surplus !== undefined && last !== undefined ? { start: surplus.start, end: last.end } : attribute,
        message: `'${known.name}' takes ${wanted(known)}, not ${values.length === 0 ? 'none' : values.length}`,
        effect: min === max ? 'ignores-line' : badValueEffect(entry),
        ...(fix === undefined ? {} : { fix }),
      });
    },
  }),
});

function wanted({ count }: CatalogueAttribute): string {
  return count.min === count.max
    ? `exactly ${plural(count.min, 'value')}`
    : `at least ${plural(count.min, 'value')}`;
}

function repair(
  attribute: Attribute,
  entry: Entry,
  { name }: CatalogueAttribute,
  source: SourceText,
): ProposedFix | undefined {
  const [first, second] = attribute.values;
  if (first === undefined) return undefined;
  const port = name === 'redirect' && second === undefined ? /:(\d+)$/.exec(first.text) : null;
  if (port !== null) {
    const colon = first.start + port.index;
    return {
      description: 'Put a blank between host and port',
      edits: [{ start: colon, end: colon + 1, text: ' ' }],
    };
  }
  const hasArguments = entry.attributes.some((each) => each.key === 'server_args');
  if (name === 'server' && second !== undefined && !hasArguments) {
    const indent = indentOf(source, attribute.start);
    return {
      description: `Hand what follows ${quote(first.text)} to 'server_args'`,
      edits: [{ start: first.end, end: second.start, text: `\n${indent}server_args = ` }],
    };
  }
  return undefined;
}
