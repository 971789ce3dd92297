import type { BlockEntry } from '../../../ast/nodes.ts';
import type { SourceText } from '../../../text/source-text.ts';
import type { Analysis } from '../../analysis.ts';
import type { LineVerdict } from '../../judgement.ts';
import { meantValues } from '../../line.ts';
import { defaultsInOrder, servicesInOrder } from '../../reading-order.ts';
import { defineRule } from '../../rule.ts';
import { list, quote } from '../../wording.ts';
import { idOf } from './entry-words.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/error-then-enabled',
    summary: 'A service that an error switches off and a later line switches on again, without what failed',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'entry',
    effect: 'misreads',
    fixable: 'no',
    facts: 'opt-in',
    since: '0.1.0',
    why: 'A failed attribute only sets the disabled bit, and a later `disable = no`, or an `enabled` list that names the service, clears it again. The log says DISABLING SERVICE, and the service starts: without its deny list, on all addresses, without its limit.',
    references: [
      'identify_attribute and remove_disabled_services in parse.c',
      'svcdisable_parser in parsers.c',
    ],
    examples: {
      bad: 'no_access = 192.0.2.1,192.0.2.2\ndisable = no',
      good: 'disable = no\nno_access = 192.0.2.1 192.0.2.2',
      also: ['correctness/comma-separated-list'],
    },
  },
  check: ({ source, analysis, report }) => ({
    Entry: (entry) => {
      if (entry.syntax !== 'block' || entry.kind !== 'service') return;
      const { lines } = analysis.judge(entry, source);
      const at = lines.findIndex(
        ({ attribute, outcome }) => attribute.key === 'disable' && outcome === 'taken',
      );
      const revival = lines[at]?.attribute;
      if (revival === undefined || revival.values[0]?.text.toLowerCase() !== 'no') return;
      const failed = lines.slice(0, at).filter(isFailed);
      if (failed.length === 0 || analysis.fateOf(entry, source).kind === 'dropped') return;
      report({
        at: revival,
        message: `'disable = no' revives a service that ${failed.length === 1 ? 'an error has' : 'errors have'} switched off; it runs without ${lost(failed)}`,
        consequence: 'the log says DISABLING SERVICE, and this line takes it back',
        related: failed.map(({ attribute }) => ({ source, range: attribute, message: 'fails' })),
      });
    },
  }),
  checkTree: ({ tree, analysis, report }) => {
    const lists = defaultsInOrder(tree).flatMap(({ source, entry }) =>
      entry.attributes.filter(({ key }) => key === 'enabled').map((attribute) => ({ source, attribute })),
    );
    const failures = lists.length === 0 ? new Map<string, Failure>() : failuresById(tree, analysis);
    if (failures.size === 0) return;
    for (const { source, attribute } of lists) {
      for (const word of meantValues(attribute)) {
        const found = failures.get(word.text.toLowerCase());
        if (found === undefined) continue;
        report({
          source,
          at: word,
          message: `'enabled' revives ${quote(word.text)}, which errors have switched off; it runs without ${lost(found.failed)}`,
          consequence: 'the log says DISABLING SERVICE, and the list takes it back',
          related: found.failed.map((each) => ({
            source: found.source,
            range: each.attribute,
            message: 'fails',
          })),
        });
      }
    }
  },
});

interface Failure {
  readonly source: SourceText;
  readonly failed: readonly LineVerdict[];
}

function failuresById(
  tree: Parameters<typeof servicesInOrder>[0],
  analysis: Analysis,
): ReadonlyMap<string, Failure> {
  const failures = new Map<string, Failure>();
  for (const { source, entry } of servicesInOrder(tree)) {
    const failed = revivable(entry, source, analysis);
    if (failed.length > 0 && analysis.fateOf(entry, source).kind !== 'dropped')
      failures.set(idOf(entry).toLowerCase(), { source, failed });
  }
  return failures;
}

/** A failed `disable` ends the entry, and so does a good one; what comes behind is not read. */
function revivable(entry: BlockEntry, source: SourceText, analysis: Analysis): readonly LineVerdict[] {
  const { lines } = analysis.judge(entry, source);
  const isOff = lines.some(({ attribute, outcome }) => attribute.key === 'disable' && outcome !== 'ignored');
  return isOff ? [] : lines.filter(isFailed);
}

function isFailed({ attribute, outcome }: LineVerdict): boolean {
  return outcome === 'failed' && attribute.key !== 'disable';
}

function lost(failed: readonly LineVerdict[]): string {
  return list([...new Set(failed.map(({ attribute }) => `'${attribute.key}'`))]);
}
