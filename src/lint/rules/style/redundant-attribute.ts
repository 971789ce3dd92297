import type { Attribute, BlockEntry } from '../../../ast/nodes.ts';
import type { SourceText } from '../../../text/source-text.ts';
import { standardNames } from '../../host.ts';
import { catalogued, meantValues, removeLines } from '../../line.ts';
import { defaultsInOrder } from '../../reading-order.ts';
import { defineRule, type Finding } from '../../rule.ts';
import type { ServiceView } from '../../service-view.ts';
import { quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'style/redundant-attribute',
    summary: 'An attribute that says what holds anyway',
    severity: 'info',
    formats: ['xinetd'],
    scope: 'entry',
    effect: 'none',
    fixable: 'safe',
    facts: 'none',
    since: '0.1.0',
    why: 'Less text has fewer contradictions: a value that `defaults` give, the built-in one, or a protocol that follows from the socket type of a listed service.',
    references: ['service_fill in confparse.c'],
    examples: {
      bad: 'groups = no',
      good: 'groups = yes',
    },
  },
  check: ({ source, tree, analysis, report }) => ({
    Entry: (entry) => {
      if (entry.syntax !== 'block') return;
      if (entry.kind === 'defaults') {
        if (entry.open !== null && entry.close !== null && entry.attributes.length === 0) {
          report({ at: entry.keyword, message: "this 'defaults' says nothing" });
        }
        return;
      }
      const inherited = inheritedWords(tree);
      const { lines } = analysis.judge(entry, source);
      const hasFailed = lines.some(({ outcome }) => outcome === 'failed');
      for (const attribute of entry.attributes) {
        // Behind a line that failed it brings the service back.
        if (hasFailed && attribute.key === 'disable') continue;
        const reason = whyRedundant(attribute, entry, inherited, analysis.view(entry, source));
        if (reason !== undefined) report(finding(attribute, reason, source));
      }
    },
  }),
});

function finding(attribute: Attribute, reason: string, source: SourceText): Finding {
  return {
    at: attribute,
    message: `'${attribute.key}' says what holds anyway: ${reason}`,
    fix: { description: `Remove '${attribute.key}'`, edits: [removeLines(source, attribute)] },
  };
}

function whyRedundant(
  attribute: Attribute,
  entry: BlockEntry,
  inherited: ReadonlyMap<string, string>,
  view: ServiceView | undefined,
): string | undefined {
  const known = catalogued(attribute, entry);
  if (known === undefined || attribute.operator?.operator !== 'set') return undefined;
  const words = wordsOf(attribute);
  const fromDefaults = inherited.get(known.name);
  if (fromDefaults !== undefined && known.inheritance === 'after-reading') {
    return fromDefaults === words ? "'defaults' say the same" : undefined;
  }
  if (
    known.inheritance !== 'at-entry' &&
    known.defaultWords?.join(' ').toLowerCase() === words &&
    known.name !== 'v6only'
  ) {
    return `${quote(words)} is the built-in value`;
  }
  const isImplied =
    known.name === 'protocol' &&
    view !== undefined &&
    !view.types.has('UNLISTED') &&
    ((view.socketType === 'stream' && words === 'tcp') || (view.socketType === 'dgram' && words === 'udp')) &&
    entry.attributes.some(({ key }) => key === 'socket_type') &&
    standardNames().servicePort(view.name, words) !== undefined;
  return isImplied ? 'it follows from the socket type' : undefined;
}

function wordsOf(attribute: Attribute): string {
  return meantValues(attribute)
    .map(({ text }) => text.toLowerCase())
    .join(' ');
}

/** What the first line of each attribute of `defaults` says. */
function inheritedWords(tree: Parameters<typeof defaultsInOrder>[0]): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const { entry } of defaultsInOrder(tree)) {
    for (const attribute of entry.attributes) {
      const known = catalogued(attribute, entry);
      if (known !== undefined && !words.has(known.name)) words.set(known.name, wordsOf(attribute));
    }
  }
  return words;
}
