import type { BlockEntry, Entry } from '../../../ast/nodes.ts';
import { defineRule } from '../../rule.ts';
import { quote } from '../../wording.ts';
import { idOf } from '../correctness/entry-words.ts';

export const rule = defineRule({
  meta: {
    name: 'style/file-name-mismatch',
    summary: 'A file of an included folder that is not called after its service',
    severity: 'info',
    formats: ['xinetd'],
    scope: 'file',
    effect: 'none',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: 'Package tools and scripts such as chkconfig switch services by the name of their file; renames have broken packages. A stream and a dgram entry of one service in one file are usual.',
    references: ['https://github.com/openwrt/packages/pull/13504'],
    examples: {
      bad: 'includedir /etc/xinetd.d',
      good: 'includedir /etc/xinetd.d',
      files: {
        bad: { '/etc/xinetd.d/check_mk': 'service checkmk-agent\n{\n\t...\n}' },
        good: { '/etc/xinetd.d/checkmk-agent': 'service checkmk-agent\n{\n\t...\n}' },
      },
    },
  },
  checkTree: ({ tree, report }) => {
    for (const { kind, files } of tree.inclusions) {
      if (kind !== 'includedir') continue;
      for (const { source, file, path } of files) {
        const name = path.slice(path.lastIndexOf('/') + 1);
        const services = file.children.filter(
          (node): node is BlockEntry => isService(node as Entry) && (node as BlockEntry).name !== null,
        );
        const [first] = services;
        if (first?.name === null || first === undefined) continue;
        const names = new Set(services.map((each) => each.name?.text.toLowerCase()));
        const other = services.find(
          (each) => each.name?.text.toLowerCase() !== first.name?.text.toLowerCase(),
        );
        if (names.size > 1 && other?.name != null) {
          report({
            source,
            at: other.name,
            message: `${quote(name)} holds more than one service; give each a file of its own`,
          });
        } else if (!isCalledAfter(name, first)) {
          report({
            source,
            at: first.name,
            message: `the service ${quote(first.name.text)} stands in a file that is called ${quote(name)}`,
          });
        }
      }
    }
  },
});

function isService(node: Entry): boolean {
  return node.type === 'Entry' && node.syntax === 'block' && node.kind === 'service';
}

/** `echo-udp` holds the datagram form of `echo`. */
function isCalledAfter(file: string, entry: BlockEntry): boolean {
  const lower = file.toLowerCase();
  const name = entry.name?.text.toLowerCase() ?? '';
  return lower === name || lower === idOf(entry).toLowerCase() || lower.startsWith(`${name}-`);
}
