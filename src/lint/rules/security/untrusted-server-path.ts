import type { Attribute } from '../../../ast/nodes.ts';
import type { PathFacts } from '../../../config/host-facts.ts';
import type { Range } from '../../../text/range.ts';
import { decidingLines } from '../../deciding-line.ts';
import { meantValues } from '../../line.ts';
import { defineRule, eachRunning, type Finding, type RuleContext, type RuleOption } from '../../rule.ts';
import { attributeOf, type ServiceView } from '../../service-view.ts';
import { startedProgram } from '../../started-program.ts';
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
    summary: 'A program, banner or log where others can put files, or nobody knows where',
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
      for (const path of paths(view)) {
        const finding = judge(path, context);
        if (finding === undefined) continue;
        context.report({
          ...finding,
          // Such images keep each exercise with its own user there.
          ...(path.text.startsWith('/home/ctf/') && !isRoot(view) ? { severity: 'info' } : {}),
        });
      }
    }),
  checkTree: ({ analysis, options, report }) => {
    for (const key of ['banner', 'banner_success', 'banner_fail', 'log_type'] as const) {
      for (const { source, entry, attribute } of decidingLines(analysis, key)) {
        const path = entry.kind === 'defaults' ? pathIn(attribute) : undefined;
        const finding = path === undefined ? undefined : judge(path, { analysis, options });
        if (finding !== undefined) report({ source, ...finding });
      }
    }
  },
});

interface NamedPath {
  readonly text: string;
  readonly what: 'program' | 'banner' | 'log';
  readonly at: Range;
}

function judge(
  { text, what, at }: NamedPath,
  {
    analysis,
    options,
  }: Pick<RuleContext<{ folders: RuleOption<readonly string[]> }>, 'analysis' | 'options'>,
): Finding | undefined {
  const shown = `the ${what} ${quote(text)}`;
  const folder = options.folders.find((each) => text.startsWith(`${each}/`));
  if (folder !== undefined) {
    return { at, message: `${shown} lies below ${folder}, where others can put files` };
  }
  // Relative programs and logs do not work, which other rules say.
  if (what === 'banner' && !text.startsWith('/')) {
    return {
      at,
      message: `${shown} is relative to the folder where the daemon runs; write an absolute path`,
    };
  }
  const loose = looseness(analysis.host.path?.(text));
  return loose === undefined ? undefined : { at, message: `${shown} ${loose}` };
}

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

function* paths(view: ServiceView): Generator<NamedPath> {
  const program = startedProgram(view);
  if (program !== null) yield { text: program.path, what: 'program', at: program.at };
  for (const key of ['banner', 'banner_success', 'banner_fail', 'log_type']) {
    const attribute = attributeOf(view, key);
    const path = attribute === undefined ? undefined : pathIn(attribute);
    if (path !== undefined) yield path;
  }
}

/** The path of a banner or of a log. */
function pathIn(attribute: Attribute): NamedPath | undefined {
  const [first, second] = meantValues(attribute);
  const isLog = attribute.key === 'log_type';
  const word = isLog ? (first?.text.toUpperCase() === 'FILE' ? second : undefined) : first;
  return word === undefined ? undefined : { text: word.text, what: isLog ? 'log' : 'banner', at: word };
}
