import type { Attribute, BlockEntry } from '../../../ast/nodes.ts';
import type { CatalogueAttribute } from '../../../catalog/attribute.ts';
import type { RelatedLocation } from '../../../diagnostics/diagnostic.ts';
import type { SourceText } from '../../../text/source-text.ts';
import { catalogued, meantValues, removeLines } from '../../line.ts';
import { defaultsInOrder } from '../../reading-order.ts';
import { repetitions } from '../../repetitions.ts';
import { defineRule, type Finding, type ProposedFix } from '../../rule.ts';
import { quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/duplicate-attribute',
    summary: 'An attribute that is set twice where only the first counts',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'entry',
    effect: 'ignores-line',
    fixable: 'safe or unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'The first line wins, the later one is only warned about; `bind` and `interface` are one attribute. Two `flags` lines are common because people expect them to add up: `flags = IPv4` and `flags = NOLIBWRAP` keep only IPv4. The same holds across several `defaults` sections.',
    references: ['identify_attribute in parse.c'],
    examples: { bad: 'flags = IPv4\nflags = NODELAY', good: 'flags = IPv4 NODELAY' },
  },
  check: ({ source, analysis, report }) => ({
    Entry: (entry) => {
      if (entry.syntax !== 'block') return;
      for (const { attribute, counting } of repetitions(analysis.judge(entry, source))) {
        const known = catalogued(attribute, entry);
        if (known !== undefined) report(repeated(attribute, counting, known, source));
      }
    },
  }),
  checkTree: ({ tree, analysis, report }) => {
    const seen = new Map<string, RelatedLocation>();
    for (const { source, entry } of defaultsInOrder(tree)) {
      for (const { attribute, outcome } of analysis.judge(entry, source).lines) {
        const known = single(attribute, entry);
        if (known === undefined || outcome === 'ignored') continue;
        const first = seen.get(known.name);
        if (first === undefined) {
          seen.set(known.name, { source, range: attribute, message: 'this one counts' });
        } else if (first.source !== source) {
          report({
            source,
            at: attribute,
            message: `'${known.name}' is set in another 'defaults' before, and the first one counts`,
            related: [first],
          });
        }
      }
    }
  },
});

/** The catalogue's entry of an attribute of which an entry has one at most. */
function single(attribute: Attribute, entry: BlockEntry): CatalogueAttribute | undefined {
  const known = catalogued(attribute, entry);
  const use = entry.kind === 'defaults' ? known?.defaults : known?.service;
  return use?.repeatable === false ? known : undefined;
}

function repeated(
  attribute: Attribute,
  first: Attribute,
  known: CatalogueAttribute,
  source: SourceText,
): Finding {
  const alias = attribute.key === first.key ? '' : `${quote(attribute.key)} is the same attribute: `;
  return {
    at: attribute,
    message: `${alias}${quote(first.key)} is set before, and the first one counts`,
    related: [{ source, range: first, message: 'this one counts' }],
    fix: addsUp(known) ? merge(attribute, first, known, source) : drop(attribute, known, source),
  };
}

/** What people expect to add up: words that the daemon takes on one line only. */
function addsUp({ value }: CatalogueAttribute): boolean {
  return value.kind === 'keywords';
}

function merge(
  attribute: Attribute,
  first: Attribute,
  { name }: CatalogueAttribute,
  source: SourceText,
): ProposedFix {
  const present = new Set(meantValues(first).map((value) => value.text.toLowerCase()));
  const more = meantValues(attribute).filter((value) => !present.has(value.text.toLowerCase()));
  const end = meantValues(first).at(-1)?.end ?? first.end;
  return {
    description: `Write all of '${name}' on one line`,
    edits: [
      { start: end, end, text: more.map((value) => ` ${value.text}`).join('') },
      removeLines(source, attribute),
    ],
    isIntrusive: true,
  };
}

function drop(attribute: Attribute, { name }: CatalogueAttribute, source: SourceText): ProposedFix {
  return {
    description: `Remove this '${name}', which does not count`,
    edits: [removeLines(source, attribute)],
  };
}
