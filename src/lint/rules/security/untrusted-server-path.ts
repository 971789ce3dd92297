import type { Attribute } from '../../../ast/nodes.ts';
import type { PathFacts } from '../../../config/host-facts.ts';
import { meantValues } from '../../line.ts';
import { defineRule, eachRunning } from '../../rule.ts';
import { attributeOf, type ServiceView } from '../../service-view.ts';
import { quote } from '../../wording.ts';

/** Below these, others than root can put files. */
const untrustedFolders = [
  '/tmp',
  '/var/tmp',
  '/dev/shm',
  '/home',
  '/Users',
  '/media',
  '/mnt',
  '/run/media',
  '/run/user',
];

export const rule = defineRule({
  meta: {
    name: 'security/untrusted-server-path',
    summary: 'A program, banner or log below a folder where others can put files',
    severity: 'warning',
    formats: ['xinetd', 'inetd'],
    scope: 'entry',
    effect: 'none',
    fixable: 'no',
    facts: 'opt-in',
    since: '0.1.0',
    why: 'Whoever may write the program of a service runs code as its user. Audits look at the folders of temporary files, of homes and of removable media; the sample of the manual page itself uses /home/user/some_server.',
    references: ['https://github.com/bdamele/unix-privesc-check/issues/7'],
    examples: {
      bad: 'server = /home/alice/bin/agent',
      good: 'server = /usr/local/libexec/agent',
    },
    options: {
      folders: {
        default: untrustedFolders as readonly string[],
        summary: 'Folders where others than root can put files',
      },
    },
  },
  check: (context) =>
    eachRunning(context, (view) => {
      for (const { word, what } of paths(view)) {
        const folder = context.options.folders.find((each) => word.text.startsWith(`${each}/`));
        if (folder === undefined) {
          const loose = looseness(context.analysis.host.path?.(word.text));
          if (loose !== undefined)
            context.report({ at: word, message: `the ${what} ${quote(word.text)} ${loose}` });
          continue;
        }
        context.report({
          at: word,
          message: `the ${what} ${quote(word.text)} lies below ${folder}, where others can put files`,
          // Such images keep each exercise with its own user there.
          ...(word.text.startsWith('/home/ctf/') && !isRoot(view) ? { severity: 'info' } : {}),
        });
      }
    }),
});

function isRoot({ user }: ServiceView): boolean {
  return user === null || user === 'root' || /^0+$/.test(user);
}

/** Why somebody else than root could change a file, from what the machine says of it. */
function looseness(facts: PathFacts | undefined): string | undefined {
  if (facts?.kind !== 'file') return undefined;
  if (((facts.mode ?? 0) & 0o022) !== 0) return 'can be written by others than its owner';
  if (facts.owner !== undefined && facts.owner !== 0) return 'belongs to somebody else than root';
  if (facts.hasLooseParents === true) return 'lies in a folder that others can write to';
  return ((facts.mode ?? 0) & 0o6000) !== 0 ? 'is set-id' : undefined;
}

function* paths(view: ServiceView) {
  for (const [key, what] of [
    ['server', 'program'],
    ['banner', 'banner'],
    ['banner_success', 'banner'],
    ['banner_fail', 'banner'],
  ] as const) {
    const word = wordAt(attributeOf(view, key), 0);
    if (word !== undefined) yield { word, what };
  }
  const log = attributeOf(view, 'log_type');
  const path = wordAt(log, 1);
  if (path !== undefined && wordAt(log, 0)?.text.toUpperCase() === 'FILE') yield { word: path, what: 'log' };
}

function wordAt(attribute: Attribute | undefined, index: number) {
  return attribute === undefined ? undefined : meantValues(attribute)[index];
}
