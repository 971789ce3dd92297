import { type BenchmarkItem, defineRule, eachRunning } from '../../rule.ts';
import { quote } from '../../wording.ts';
import { isLoopbackOnly } from './loopback.ts';
import { switchOff } from './switch-off.ts';

/** With the items that ask for each to be off. */
const diagnosticServices: ReadonlyMap<string, readonly BenchmarkItem[]> = new Map([
  ['chargen', ['CIS Ubuntu 16.04 2.1.1']],
  ['daytime', ['CIS Ubuntu 16.04 2.1.2']],
  ['discard', ['CIS Ubuntu 16.04 2.1.3']],
  ['echo', ['CIS Ubuntu 16.04 2.1.4']],
  ['time', ['CIS Ubuntu 16.04 2.1.5']],
]);
/** They answer a forged datagram to whoever it names, and more than was sent. */
const reflectors: ReadonlySet<string> = new Set(['echo', 'chargen']);

export const rule = defineRule({
  meta: {
    name: 'security/internal-diagnostic-service',
    summary: 'A built-in echo, chargen, discard, daytime or time that others can reach',
    severity: 'warning',
    formats: ['xinetd', 'inetd'],
    scope: 'entry',
    effect: 'none',
    fixable: 'safe',
    facts: 'none',
    since: '0.1.0',
    why: 'UDP echo and chargen reflect forged datagrams at third parties; xinetd has no check of the source port any more, and its maintainers say to switch the services off. Those that do not fork have no limit of instances. CIS 2.1.1 to 2.1.5 and national guides list them. Nothing but tests needs them, so `--fix` switches them off like any other safe fix: an `ignore` comment, or the rule set to `off`, keeps one that is wanted.',
    items: [...diagnosticServices.values()].flat(),
    references: [
      'https://github.com/openSUSE/xinetd/pull/32',
      'https://github.com/slowdodo/infrastructure_vulnerabilities',
    ],
    examples: {
      bad: 'service chargen\n{\n\ttype = INTERNAL\n\tsocket_type = dgram\n\tprotocol = udp\n\tport = 19\n\twait = yes\n\tdisable = no\n\t...\n}',
      good: 'service chargen\n{\n\ttype = INTERNAL\n\tsocket_type = dgram\n\tprotocol = udp\n\tport = 19\n\twait = yes\n\tdisable = yes\n\t...\n}',
    },
  },
  check: (context) =>
    eachRunning(context, (view, service) => {
      const items = diagnosticServices.get(view.name);
      if (!view.types.has('INTERNAL') || items === undefined) return;
      if (isLoopbackOnly(view, service)) return;
      const isReflector = view.socketType === 'dgram' && reflectors.has(view.name);
      context.report({
        at: view.entry.name ?? view.entry,
        message: isReflector
          ? `the built-in ${quote(view.name)} over UDP answers forged datagrams at third parties; switch it off`
          : `the built-in ${quote(view.name)} serves nothing but tests; switch it off`,
        ...(isReflector ? { severity: 'error' } : {}),
        items,
        ...switchOff(view),
      });
    }),
});
