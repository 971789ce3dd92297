import type { File } from '../../../ast/nodes.ts';
import type { Range } from '../../../text/range.ts';
import { lineRange } from '../../line.ts';
import { defineRule } from '../../rule.ts';
import type { TreeFile } from '../../source-tree.ts';
import { quote } from '../../wording.ts';

/** Names that people give to copies, and to texts for people. */
const copyName =
  /(?:[-_ ](?:old|bak|backup|save|saved|orig|copy|disabled|off|\d{4,8})|^(?:readme|copying|license|changelog|makefile|todo))$/i;

export const rule = defineRule({
  meta: {
    name: 'correctness/stray-include-file',
    summary: 'A file of an included folder that is read and was not meant to be',
    severity: 'warning',
    formats: ['xinetd'],
    scope: 'tree',
    effect: 'misreads',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: 'Everything without a dot in its name is read. A README gives `missing service keyword`; a backup copy defines its service twice, and for UDP both start.',
    references: ['handle_includedir in includedir.c'],
    explains: ['syntax/unknown-directive'],
    explainsInFile: [
      'correctness/duplicate-service-id',
      'correctness/port-conflict',
      'correctness/shadowed-entry',
    ],
    examples: {
      bad: 'includedir /etc/xinetd.d',
      good: 'includedir /etc/xinetd.d',
      files: {
        bad: { '/etc/xinetd.d/web-old': 'service web\n{\n\t...\n}' },
        good: {
          '/etc/xinetd.d/web': 'service web\n{\n\t...\n}',
          '/etc/xinetd.d/web-old.orig': 'service web\n{\n\t...\n}',
        },
      },
    },
  },
  checkTree: ({ tree, report }) => {
    for (const { kind, files } of tree.inclusions) {
      if (kind !== 'includedir') continue;
      const byText = new Map<string, TreeFile>();
      for (const file of files) {
        const { source } = file;
        const name = file.path.split('/').at(-1) ?? '';
        const twin = byText.get(source.text);
        const at = firstLine(file);
        if (twin !== undefined) {
          report({
            source,
            at,
            message: `this file has the same content as ${quote(twin.source.path)}; remove one of them`,
            consequence: 'the daemon reads both, and each service is defined twice',
            related: [{ source: twin.source, range: { start: 0, end: 0 }, message: 'the other one' }],
          });
          continue;
        }
        byText.set(source.text, file);
        if (copyName.test(name)) {
          report({
            source,
            at,
            message: `${quote(name)} looks like a copy or a text for people, and is read: put a dot into its name`,
            consequence: 'the daemon reads it like every other file of the folder',
          });
        } else if (!hasSection(file.file)) {
          report({
            source,
            at,
            message: `${quote(name)} holds no section, and is read as configuration: put a dot into its name`,
            effect: 'none',
          });
        }
      }
    }
  },
});

/** The first line that holds something. */
function firstLine({ source, file }: TreeFile): Range {
  const node = file.children.find(({ type }) => type !== 'Blank');
  return lineRange(source, node?.start ?? 0);
}

function hasSection(file: File): boolean {
  return file.children.some((node) => node.type === 'Entry' || node.type === 'Directive');
}
