import type { BlockEntry } from '../../../ast/nodes.ts';
import { addedLines, hasOpen } from '../../added-lines.ts';
import { meantValues } from '../../line.ts';
import { defaultsInOrder, type PlacedEntry, servicesInOrder } from '../../reading-order.ts';
import { defineRule, type ProposedFix } from '../../rule.ts';
import { isSwitchedOff } from '../../service-view.ts';
import { lineFrom, quote } from '../../wording.ts';
import { idOf, wordOf } from './entry-words.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/duplicate-service-id',
    summary: 'Two entries with one id',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'tree',
    effect: 'misreads',
    fixable: 'safe',
    facts: 'none',
    since: '0.1.0',
    why: 'The id is the service name unless `id` says otherwise, compared without case. The daemon notices only when port, protocol and bind are equal as well. But `enabled`, `disabled`, logs and reconfiguration work by id, so one word in `disabled` removes both.',
    references: ['check_entry in confparse.c'],
    examples: {
      bad: 'service echo\n{\n\tsocket_type = stream\n\t...\n}\nservice echo\n{\n\tsocket_type = dgram\n\tprotocol = udp\n\twait = yes\n\t...\n}',
      good: 'service echo\n{\n\tid = echo-stream\n\tsocket_type = stream\n\t...\n}\nservice echo\n{\n\tid = echo-dgram\n\tsocket_type = dgram\n\tprotocol = udp\n\twait = yes\n\t...\n}',
    },
  },
  checkTree: ({ tree, report }) => {
    const listed = new Set(
      defaultsInOrder(tree).flatMap(({ entry }) =>
        entry.attributes
          .filter(({ key }) => key === 'enabled' || key === 'disabled')
          .flatMap((attribute) => meantValues(attribute).map((value) => value.text.toLowerCase())),
      ),
    );
    const seen = new Map<string, PlacedEntry<BlockEntry>>();
    for (const placed of servicesInOrder(tree)) {
      const { entry, source } = placed;
      if (isSwitchedOff(entry) || entry.name === null) continue;
      const id = idOf(entry);
      const first = seen.get(id.toLowerCase());
      if (first === undefined) {
        seen.set(id.toLowerCase(), placed);
        continue;
      }
      const at = entry.attributes.find(({ key }) => key === 'id')?.values[0] ?? entry.name;
      const suggestion = `${entry.name.text}-${wordOf(entry, 'socket_type') ?? wordOf(entry, 'protocol') ?? '2'}`;
      const isFree = suggestion.toLowerCase() !== id.toLowerCase() && !seen.has(suggestion.toLowerCase());
      const fix = isFree && !listed.has(id.toLowerCase()) ? addId(placed, suggestion) : undefined;
      report({
        source,
        at,
        message: `the id ${quote(id)} is taken by ${lineFrom(first.source, first.entry.start, source)}${isFree ? `; tell the entries apart, for instance with 'id = ${suggestion}'` : ''}`,
        consequence:
          "the daemon runs both if their ports differ; 'enabled', 'disabled' and the logs cannot tell them apart",
        related: [
          {
            source: first.source,
            range: first.entry.name ?? first.entry,
            message: 'the first entry with this id',
          },
        ],
        ...(fix === undefined ? {} : { fix }),
      });
    }
  },
});

function addId({ entry, source }: PlacedEntry<BlockEntry>, id: string): ProposedFix | undefined {
  if (!hasOpen(entry) || entry.attributes.some(({ key }) => key === 'id')) return undefined;
  return {
    description: `Add 'id = ${id}'`,
    edits: [addedLines(source, entry, [`id = ${id}`])],
  };
}
