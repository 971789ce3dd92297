import { basename } from 'node:path';
import type { BlockEntry, File } from '../../../ast/nodes.ts';
import { dropInNames } from '../../../catalog/drop-in-names.ts';
import { SourceText } from '../../../text/source-text.ts';
import { serviceNames } from '../../reading-order.ts';
import { defineRule, type Finding } from '../../rule.ts';
import type { Inclusion, SkippedName } from '../../source-tree.ts';
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
    summary: 'A file that looks like configuration and is not read by any include',
    severity: 'warning',
    formats: ['xinetd'],
    scope: 'tree',
    effect: 'drops-file',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: '`includedir` passes over names with a dot anywhere or a `~` at the end, and over everything that is no regular file, without a message: a service in `web.conf` does not exist. Audit tools that read every file of the folder say otherwise. A file that is linted with `--main` and that the main file does not include is none of its configuration either.',
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
    const { notIncluded } = tree;
    for (const { source, file, path } of tree.files) {
      if (notIncluded?.paths.has(path) !== true) continue;
      const isPassedOver = dropInNames([basename(path)]).length === 0;
      report({
        source,
        at: { start: 0, end: 0 },
        message: `${quote(notIncluded.by)} does not include this file${isPassedOver ? ": includedir passes over names with a '.' or a final '~'" : ''}`,
        ...lossOf(services(file).filter((name) => !notIncluded.services.has(name.toLowerCase()))),
      });
    }
    const defined = serviceNames(tree);
    for (const inclusion of tree.inclusions) {
      for (const skipped of inclusion.skipped) {
        if (options.ignoreFiles.includes(skipped.name)) continue;
        if (options.ignoreSuffixes.some((suffix) => skipped.name.endsWith(suffix))) continue;
        if (skipped.content !== null && services(skipped.content.file).length === 0) continue;
        const lost = services(skipped.content?.file).filter((name) => !defined.has(name.toLowerCase()));
        report({
          ...place(inclusion, skipped),
          message: `${quote(skipped.name)} is not read: ${reason(skipped)}`,
          ...lossOf(lost),
        });
      }
    }
  },
});

/** What is said of a file besides, if services are lost with it. */
function lossOf(names: readonly string[]): Pick<Finding, 'severity' | 'consequence'> {
  if (names.length === 0) return {};
  return {
    severity: 'error',
    consequence: `the daemon does not read the file: there is no service ${list(names.map(quote))}`,
  };
}

function services(file: File | undefined): string[] {
  return (file?.children ?? []).flatMap((node) =>
    node.type === 'Entry' && node.kind === 'service' ? [(node as BlockEntry).name?.text ?? ''] : [],
  );
}

/** At the includedir that passes it over; for a folder on the command line at the file itself. */
function place({ by, path }: Inclusion, { name, content }: SkippedName) {
  const word = by?.directive.values[0];
  if (by !== null && word !== undefined) return { source: by.file.source, at: word };
  const source = content?.source ?? new SourceText(`${path.replace(/\/*$/, '/')}${name}`, '');
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
