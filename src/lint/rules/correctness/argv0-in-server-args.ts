import { meantValues } from '../../line.ts';
import { defineRule, eachService, type Finding } from '../../rule.ts';
import { attributeOf, type ServiceView } from '../../service-view.ts';
import { quote } from '../../wording.ts';

/** Programs that do different things under different names, and take the name as an argument too. */
const multiCallPrograms: ReadonlySet<string> = new Set(['busybox', 'toybox']);

export const rule = defineRule({
  meta: {
    name: 'correctness/argv0-in-server-args',
    summary: 'The name of the program repeated as its first argument, or missing where it has to be there',
    severity: 'warning',
    formats: ['xinetd'],
    scope: 'entry',
    effect: 'misreads',
    fixable: 'unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'xinetd adds argv[0] itself; who knows inetd.conf repeats it, and the program gets its own name as an argument. tcpd without NAMEINARGS takes the path of the daemon for an argument and never starts it. With NAMEINARGS the first word is the name, so an option there is lost.',
    references: ['xinetd.conf(5): server_args'],
    examples: {
      bad: 'server = /usr/sbin/in.ftpd\nserver_args = in.ftpd -l',
      good: 'server = /usr/sbin/in.ftpd\nserver_args = -l',
    },
  },
  check: (context) =>
    eachService(context, (view) => {
      const finding = misplacedName(view);
      if (finding !== undefined) context.report(finding);
    }),
});

function misplacedName(view: ServiceView): Finding | undefined {
  const { server, flags, types } = view;
  const values = attributeOf(view, 'server_args');
  const [first, second] = values === undefined ? [] : meantValues(values);
  if (server === null || first === undefined || types.has('INTERNAL') || view.entry.syntax !== 'block')
    return undefined;
  const program = server.split('/').at(-1) ?? '';
  if (flags.has('NAMEINARGS')) {
    if (!first.text.startsWith('-')) return undefined;
    return {
      at: first,
      message: `with NAMEINARGS the first word of 'server_args' is the name of the program, and ${quote(first.text)} looks like an option`,
      consequence: `the program is called ${quote(first.text)} and does not get the option`,
    };
  }
  if (multiCallPrograms.has(program)) return undefined;
  if (program === 'tcpd' && first.text.startsWith('/')) {
    return {
      at: first,
      message: `tcpd starts the program of its name: without 'flags = NAMEINARGS' it takes ${quote(first.text)} for an argument`,
      consequence: 'tcpd never starts the daemon behind it',
    };
  }
  if (first.text !== program && first.text !== server) return undefined;
  return {
    at: first,
    message: `${quote(first.text)} is the name of the program, which xinetd adds itself; leave it out`,
    consequence: 'the program gets its own name as the first argument',
    fix: {
      description: `Remove ${quote(first.text)}`,
      edits: [{ start: first.start, end: second?.start ?? first.end, text: '' }],
    },
  };
}
