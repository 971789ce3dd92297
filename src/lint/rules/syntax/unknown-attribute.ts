import type { Attribute, Entry } from '../../../ast/nodes.ts';
import { foreignAttributes } from '../../../catalog/attribute-confusions.ts';
import { attributeNames, findAttribute } from '../../../catalog/catalogue.ts';
import { meantAttribute } from '../../../catalog/meant-attribute.ts';
import { isOneSlip } from '../../../text/one-slip.ts';
import { defineRule, type ProposedFix } from '../../rule.ts';
import { didYouMean, quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'syntax/unknown-attribute',
    summary: 'An attribute that the daemon does not know',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'ignores-line',
    fixable: 'safe or unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'The daemon only warns in its log, skips the line and starts the service without it: `only_form = 10.0.0.0/8` gives a service that is open to everyone.',
    references: ['attr_lookup in parse.c'],
    examples: { bad: 'only_form = 10.0.0.0/8', good: 'only_from = 10.0.0.0/8' },
    options: {
      extraAttributes: {
        default: [] as readonly string[],
        summary: 'Attributes that the daemon in use has besides those of the manual',
      },
    },
  },
  check: ({ options, report }) => {
    const extra = new Set(options.extraAttributes.map((name) => name.toLowerCase()));
    return {
      Attribute: (attribute, entry) => {
        if (entry.syntax !== 'block' || attribute.name === null) return;
        if (findAttribute(attribute.key) !== undefined || extra.has(attribute.key)) return;
        const { text } = attribute.name;
        const names = attributeNames(entry.kind);
        const meant = meantAttribute(attribute.key, entry.kind);
        const origin = foreignAttributes.get(attribute.key);
        const fix = meant === undefined ? undefined : rename(attribute, entry, meant, names);
        report({
          at: attribute.name,
          message: `unknown attribute ${quote(text)}${origin === undefined ? didYouMean(meant) : `: ${origin}`}`,
          ...(meant === undefined ? {} : { means: meant }),
          ...(fix === undefined ? {} : { fix }),
        });
      },
    };
  },
});

/** Only where a single slip away from exactly one name, and where the entry does not say that name already. */
function rename(
  attribute: Attribute,
  entry: Entry,
  meant: string,
  names: readonly string[],
): ProposedFix | undefined {
  const near = names.filter((name) => isOneSlip(attribute.key, name));
  if (near.length !== 1 || near[0] !== meant || attribute.name === null) return undefined;
  if (entry.attributes.some((each) => findAttribute(each.key)?.name === findAttribute(meant)?.name)) {
    return undefined;
  }
  return {
    description: `Rename '${attribute.name.text}' to '${meant}'`,
    edits: [{ start: attribute.name.start, end: attribute.name.end, text: meant }],
  };
}
