import type { File } from '../../../ast/nodes.ts';
import type { Range } from '../../../text/range.ts';
import type { SourceText } from '../../../text/source-text.ts';
import { lineRange } from '../../line.ts';
import { servicesInOrder } from '../../reading-order.ts';
import { defineRule } from '../../rule.ts';
import { isSwitchedOff } from '../../service-view.ts';
import type { SourceTree, TreeFile } from '../../source-tree.ts';
import { quote } from '../../wording.ts';
import { idOf } from './entry-words.ts';

/** Names that people give to copies, and to texts for people. */
const copyName =
  /(?:[-_ ](?:old|bak|backup|save|saved|orig|copy|disabled|off)|^(?:readme|copying|license|changelog|makefile|todo))$/i;

/** A date behind the name of a file that is there; many services have numbers of their own. */
const datedName = /^(.+)[-_ ]\d{4,8}$/;

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
    const filesOfId = filesByServiceId(tree);
    // A folder may be included more than once.
    const seen = new Set<TreeFile>();
    for (const { kind, files } of tree.inclusions) {
      if (kind !== 'includedir') continue;
      const names = new Set(files.map(nameOf));
      const byText = new Map<string, TreeFile>();
      for (const file of files) {
        if (seen.has(file)) continue;
        seen.add(file);
        const { source } = file;
        const name = nameOf(file);
        const isTwice = definesAgain(file, filesOfId);
        const severity = isTwice ? ({ severity: 'error' } as const) : {};
        const twin = byText.get(source.text);
        const at = firstLine(file);
        if (twin !== undefined) {
          report({
            source,
            at,
            ...severity,
            message: `this file has the same content as ${quote(twin.source.path)}; remove one of them`,
            consequence: 'the daemon reads both, and each service is defined twice',
            related: [{ source: twin.source, range: { start: 0, end: 0 }, message: 'the other one' }],
          });
          continue;
        }
        byText.set(source.text, file);
        const original = datedName.exec(name)?.[1];
        if (copyName.test(name) || (original !== undefined && (names.has(original) || isTwice))) {
          report({
            source,
            at,
            ...severity,
            message: `${quote(name)} looks like a copy or a text for people, and is read: put a dot into its name`,
            consequence: isTwice
              ? 'the daemon reads it like every other file of the folder, and what it holds is defined twice'
              : 'the daemon reads it like every other file of the folder',
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

function nameOf({ path }: TreeFile): string {
  return path.split('/').at(-1) ?? '';
}

/** The files in which services are defined that are not switched off, by their id. */
function filesByServiceId(tree: SourceTree): ReadonlyMap<string, ReadonlySet<SourceText>> {
  const files = new Map<string, Set<SourceText>>();
  for (const { entry, source } of servicesInOrder(tree)) {
    if (isSwitchedOff(entry)) continue;
    const id = idOf(entry).toLowerCase();
    files.set(id, (files.get(id) ?? new Set()).add(source));
  }
  return files;
}

/** Whether another file has a service of this one, too: one of them is lost, or both listen. */
function definesAgain(
  { source, file }: TreeFile,
  filesOfId: ReadonlyMap<string, ReadonlySet<SourceText>>,
): boolean {
  return file.children.some((node) => {
    if (node.type !== 'Entry' || node.syntax !== 'block' || node.kind !== 'service') return false;
    const files = filesOfId.get(idOf(node).toLowerCase());
    return files !== undefined && files.size > 1 && files.has(source) && !isSwitchedOff(node);
  });
}

/** The first line that holds something. */
function firstLine({ source, file }: TreeFile): Range {
  const node = file.children.find(({ type }) => type !== 'Blank');
  return lineRange(source, node?.start ?? 0);
}

function hasSection(file: File): boolean {
  return file.children.some((node) => node.type === 'Entry' || node.type === 'Directive');
}
