import type { BlockEntry } from '../../../ast/nodes.ts';
import { SourceText } from '../../../text/source-text.ts';
import { servicesInOrder } from '../../reading-order.ts';
import { defineRule } from '../../rule.ts';
import type { Inclusion, SkippedName, SourceTree } from '../../source-tree.ts';
import { list, quote } from '../../wording.ts';

const parkedSuffixes = [
  '.rpmsave',
  '.rpmnew',
  '.rpmorig',
  '.dpkg-dist',
  '.dpkg-new',
  '.dpkg-old',
  '.orig',
  '.bak',
  '.swp',
] as const;

export const rule = defineRule({
  meta: {
    name: 'correctness/ignored-include-file',
    summary: 'A file of an included folder that looks like configuration and is not read',
    severity: 'warning',
    formats: ['xinetd'],
    scope: 'tree',
    effect: 'drops-file',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: '`includedir` passes over names with a dot anywhere or a `~` at the end, and over everything that is no regular file, without a message: a service in `web.conf` does not exist. Audit tools that read every file of the folder say otherwise.',
    references: [
      'handle_includedir in includedir.c',
      'https://www.rubydoc.info/gems/inspec/3.3.14/XinetdParser:xinetd_include_dir',
    ],
    examples: {
      bad: 'includedir /etc/xinetd.d',
      good: 'includedir /etc/xinetd.d',
      files: {
        bad: { '/etc/xinetd.d/web.conf': 'service web\n{\n\t...\n}' },
        good: { '/etc/xinetd.d/web': 'service web\n{\n\t...\n}' },
      },
    },
    options: {
      ignoreFiles: {
        default: [] as readonly string[],
        summary: 'Names of files that are parked with a dot on purpose',
      },
      ignoreSuffixes: {
        default: parkedSuffixes as readonly string[],
        summary: 'Ends of names that package managers and editors give to copies',
      },
    },
  },
  checkTree: ({ tree, options, report }) => {
    const defined = new Set(servicesInOrder(tree).map(({ entry }) => entry.name?.text.toLowerCase()));
    for (const inclusion of tree.inclusions) {
      for (const skipped of inclusion.skipped) {
        if (options.ignoreFiles.includes(skipped.name)) continue;
        if (options.ignoreSuffixes.some((suffix) => skipped.name.endsWith(suffix))) continue;
        if (skipped.content !== null && services(skipped).length === 0) continue;
        const lost = services(skipped).filter((name) => !defined.has(name.toLowerCase()));
        report({
          ...place(inclusion, skipped, tree),
          message: `${quote(skipped.name)} is not read: ${reason(skipped)}`,
          ...(lost.length === 0
            ? {}
            : {
                severity: 'error',
                consequence: `the daemon does not read the file: there is no service ${list(lost.map(quote))}`,
              }),
        });
      }
    }
  },
});

function services({ content }: SkippedName): string[] {
  return (content?.file.children ?? []).flatMap((node) =>
    node.type === 'Entry' && node.kind === 'service' ? [(node as BlockEntry).name?.text ?? ''] : [],
  );
}

/** At the includedir that passes it over; for a folder on the command line at the file itself. */
function place({ by }: Inclusion, { name, content }: SkippedName, tree: SourceTree) {
  const word = by?.directive.values[0];
  if (by !== null && word !== undefined) return { source: by.file.source, at: word };
  const source = content?.source ?? tree.files[0]?.source ?? new SourceText(name, '');
  return { source, at: { start: 0, end: 0 } };
}

function reason({ name, reason: why }: SkippedName): string {
  switch (why) {
    case 'dot':
      return `its name holds a dot; rename it, for instance to ${quote(name.replace(/\.(?:conf|xinetd|cfg)$/, '').replaceAll('.', '-'))}`;
    case 'tilde':
      return "its name ends in '~'; rename it";
    case 'not-a-file':
      return 'it is no regular file';
    case 'missing':
      return 'it is a link to nothing';
  }
}
