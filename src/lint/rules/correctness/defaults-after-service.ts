import type { BlockEntry } from '../../../ast/nodes.ts';
import { findAttribute } from '../../../catalog/catalogue.ts';
import { removeLines } from '../../line.ts';
import type { PlacedEntry } from '../../reading-order.ts';
import { defineRule, type ProposedFix } from '../../rule.ts';
import { isSwitchedOff } from '../../service-view.ts';
import type { TreeFile } from '../../source-tree.ts';
import { list, plural, quote } from '../../wording.ts';

/** More names than this say nothing more. */
const namedServices = 5;

export const rule = defineRule({
  meta: {
    name: 'correctness/defaults-after-service',
    summary: 'Access lists or banners in defaults that come too late for services read before',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'tree',
    effect: 'misreads',
    fixable: 'safe',
    facts: 'none',
    since: '0.1.0',
    why: '`only_from`, `no_access`, `passenv` and the banners are copied at the moment a service is read; everything else is filled in at the end. With `includedir` in front of `defaults` the services are open to everyone; with `defaults` first the same files are protected.',
    references: ['get_service_entry in parse.c'],
    examples: {
      bad: 'includedir /etc/xinetd.d\ndefaults\n{\n\tonly_from = 10.0.0.0/8\n}',
      good: 'defaults\n{\n\tonly_from = 10.0.0.0/8\n}\nincludedir /etc/xinetd.d',
      files: {
        bad: { '/etc/xinetd.d/web': 'service web\n{\n\tonly_from += 192.0.2.0/24\n\t...\n}' },
        good: { '/etc/xinetd.d/web': 'service web\n{\n\tonly_from += 192.0.2.0/24\n\t...\n}' },
      },
    },
  },
  checkTree: ({ tree, report }) => {
    const before: PlacedEntry<BlockEntry>[] = [];
    for (const placed of tree.entries) {
      const { entry, source } = placed;
      if (entry.kind === 'service') {
        if (entry.syntax === 'block' && !isSwitchedOff(entry)) before.push({ ...placed, entry });
        continue;
      }
      if (entry.syntax !== 'block') continue;
      const early = entry.attributes.filter((attribute) => isCopiedEarly(attribute.key));
      const missed = before.filter((each) => early.some(({ key }) => !setsItself(each.entry, key)));
      const late = early.filter(({ key }) => missed.some((each) => !setsItself(each.entry, key)));
      if (late.length === 0) continue;
      const keys = [...new Set(late.map(({ key }) => `'${key}'`))];
      const names = missed.slice(0, namedServices).map((each) => quote(each.entry.name?.text ?? ''));
      const file = tree.files.find((each) => each.source === source);
      const fix = file === undefined ? undefined : moveUp(file, entry);
      report({
        source,
        at: entry.keyword,
        message: `${list(keys)} in 'defaults' ${keys.length === 1 ? 'comes' : 'come'} too late for ${plural(missed.length, 'service')} read before: ${names.join(', ')}${missed.length > namedServices ? ', ...' : ''}; move 'defaults' in front of them`,
        consequence:
          'the daemon copies these when it reads a service, so the services before run without them',
        related: missed.slice(0, namedServices).map((each) => ({
          source: each.source,
          range: each.entry.name ?? each.entry,
          message: 'read before, so it does not get them',
        })),
        ...(fix === undefined ? {} : { fix }),
      });
    }
  },
});

/** A list that begins with `=` takes nothing over. */
function setsItself(entry: BlockEntry, key: string): boolean {
  return entry.attributes.some(
    (attribute) => attribute.key === key && attribute.operator?.operator === 'set',
  );
}

function isCopiedEarly(key: string): boolean {
  return findAttribute(key)?.inheritance === 'at-entry';
}

/** In front of the first service or include of the same file, comments above the section left where they are. */
function moveUp({ source, file }: TreeFile, entry: BlockEntry): ProposedFix | undefined {
  const first = file.children.find((node) => node.type === 'Entry' || node.type === 'Directive');
  if (first === undefined || first === entry || entry.close === null) return undefined;
  const removal = removeLines(source, entry);
  const target = source.lines.startOf(source.lineAt(first.start));
  return {
    description: "Move 'defaults' to the front",
    edits: [{ start: target, end: target, text: `${source.slice(removal).trimEnd()}\n\n` }, removal],
  };
}
