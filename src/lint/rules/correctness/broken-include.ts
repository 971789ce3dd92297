import { dirname, isAbsolute } from 'node:path';
import type { Directive } from '../../../ast/nodes.ts';
import { deepestInclude } from '../../../model/includes.ts';
import { defineRule, type Finding } from '../../rule.ts';
import type { Inclusion, SourceTree } from '../../source-tree.ts';
import { quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/broken-include',
    summary: 'An include or includedir that brings nothing in, or never ends',
    severity: 'error',
    formats: ['xinetd', 'inetd'],
    scope: 'tree',
    effect: 'drops-file',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: "When the file is missing there is one line in the log, and all its services are gone. A file that includes itself makes the daemon recurse until it has no descriptors left, or crashes. Relative paths start where the daemon was started, and at `/` on reload. Inside an entry the line breaks the entry, or is ignored where an operator makes it an unknown attribute. In inetd.conf NetBSD's `.include` takes a pattern, relative to the file that it stands in; it refuses a file inside itself.",
    references: [
      'parse_conf_file in parse.c',
      'handle_includedir in includedir.c',
      'inetd.conf(5) of NetBSD',
    ],
    examples: {
      bad: 'include xinetd.local',
      good: 'include /etc/xinetd.local',
      files: {
        bad: { '/etc/xinetd.local': 'service web\n{\n\t...\n}' },
        good: { '/etc/xinetd.local': 'service web\n{\n\t...\n}' },
      },
    },
  },
  check: ({ report }) => ({
    Directive: (directive, entry) => {
      // Without a closing brace the entry has lost its end, and that is what has to be repaired.
      if (entry === null || entry.close === null) return;
      report({
        at: directive,
        message: `${quote(directive.keyword?.text ?? '')} cannot stand inside an entry; move it out`,
        effect: isAttributeLike(directive) ? 'ignores-line' : 'drops-service',
      });
    },
  }),
  checkTree: ({ tree, analysis, report }) => {
    for (const inclusion of tree.inclusions) {
      const { by } = inclusion;
      const word = by?.directive.values[0];
      if (by === null || word === undefined) continue;
      const isUnsure =
        inclusion.outcome === 'missing' && !analysis.host.hasFacts && isElsewhere(inclusion, tree);
      for (const finding of faults(inclusion, isEmpty(inclusion, tree))) {
        report({ ...finding, ...(isUnsure ? { severity: 'info' } : {}), source: by.file.source, at: word });
      }
    }
  },
});

/** `include = FILE`: with an operator it is an attribute that the daemon does not know, without one a line it cannot read. */
function isAttributeLike({ values: [first] }: Directive): boolean {
  return /^[-+]?=$/.test(first?.text ?? '');
}

/**
 * Whether a path leads out of the folder of the main file: a file that is linted on another machine names folders that
 * are there and not here.
 */
function isElsewhere({ path }: Inclusion, { files }: SourceTree): boolean {
  const main = files[0]?.path ?? '/';
  return isAbsolute(path) && !path.startsWith(`${dirname(main).replace(/\/$/, '')}/`);
}

/** A file of the folder that could not be used is an inclusion of its own, by the same directive. */
function isEmpty({ by, files, skipped }: Inclusion, { inclusions }: SourceTree): boolean {
  return (
    files.length === 0 &&
    skipped.length === 0 &&
    inclusions.filter((each) => each.by?.directive === by?.directive).length === 1
  );
}

function* faults({ kind, path, outcome }: Inclusion, isEmpty: boolean): Generator<Omit<Finding, 'at'>> {
  switch (outcome) {
    case 'missing':
      yield { message: `${quote(path)} does not exist`, consequence: 'the daemon goes on without it' };
      return;
    case 'no-file':
      yield {
        message: `${quote(path)} is no regular file${kind === 'include' ? "; write 'includedir' for a folder" : ''}`,
        consequence: 'the daemon goes on without it',
      };
      return;
    case 'no-folder':
      yield {
        message: `${quote(path)} is no folder${kind === 'includedir' ? "; write 'include' for a file" : ''}`,
        consequence: 'the daemon goes on without it',
      };
      return;
    case 'folder-pattern':
      yield {
        message: `${quote(path)} is not followed here: only the last part of the path can hold wild cards`,
        severity: 'info',
        effect: 'none',
      };
      return;
    case 'no-pattern':
      yield { message: `${quote(path)} is no pattern`, consequence: 'the daemon finds no file by it' };
      return;
    case 'loop':
      yield {
        message: `${quote(path)} includes itself`,
        ...(kind === 'glob-include'
          ? { consequence: 'the daemon does not read the file inside itself, and goes on' }
          : {
              effect: 'crashes',
              consequence:
                'the daemon reads the files again and again until it runs out of descriptors, or crashes',
            }),
      };
      return;
    case 'too-deep':
      yield {
        message: `${quote(path)} is not read: files include each other more than ${deepestInclude} levels deep`,
        consequence:
          'the daemon goes on without it where it has no more descriptors, of which each level takes one',
      };
      return;
    case 'read':
      break;
    default:
      // It is said of every file that could not be read, whatever the rules are.
      return;
  }
  if (kind === 'glob-include') {
    if (isEmpty) yield { message: `${quote(path)} fits no file`, severity: 'warning', effect: 'none' };
  } else if (!isAbsolute(path)) {
    yield {
      message: `${quote(path)} is relative; write an absolute path`,
      effect: 'misreads',
      consequence: 'the path starts in the folder where the daemon was started, and at / when it reloads',
    };
  } else if (kind === 'includedir' && isEmpty) {
    yield {
      message: `${quote(path)} holds no file`,
      severity: 'warning',
      effect: 'none',
    };
  }
}
