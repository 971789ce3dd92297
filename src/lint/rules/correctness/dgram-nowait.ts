import { defineRule, eachService, type ProposedFix } from '../../rule.ts';
import { attributeOf, rangeOf, type ServiceView } from '../../service-view.ts';
import { dialectOfTarget } from '../../target.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/dgram-nowait',
    summary: 'A service of datagrams or raw packets that does not wait for its server',
    severity: 'error',
    formats: ['xinetd', 'inetd'],
    scope: 'entry',
    effect: 'crashes',
    fixable: 'safe',
    facts: 'none',
    since: '0.1.0',
    why: 'xinetd 2.3.15.3 accepts it; after one datagram the daemon spins and writes `No active service for file descriptor` without end, about a million lines within seconds. Later versions refuse it. inetd starts server after server until its limit. The built-in services work with `wait = no`.',
    references: ['check_entry in confparse.c', 'https://github.com/voidlinux/void-packages/issues/4658'],
    examples: {
      bad: 'type = UNLISTED\nsocket_type = dgram\nprotocol = udp\nwait = no',
      good: 'type = UNLISTED\nsocket_type = dgram\nprotocol = udp\nwait = yes',
    },
  },
  check: (context) =>
    eachService(context, (view) => {
      if (!isPacket(view.socketType) || view.wait !== false || view.types.has('INTERNAL')) return;
      // The checks of redirect say that it needs streams.
      if (view.isRedirected || view.types.has('TCPMUX') || view.types.has('TCPMUXPLUS')) return;
      const isBlock = view.entry.syntax === 'block';
      // That daemon gives each server a socket of its own.
      if (!isBlock && dialectOfTarget(context.target) === 'busybox') return;
      const isXinetds = isBlock || view.source === context.tree.inetdConf?.source;
      const fix = waitFix(view);
      context.report({
        at: rangeOf(view, 'wait'),
        message: `a ${view.socketType} service needs ${isBlock ? "'wait = yes'" : "'wait'"}: its server reads from the listening socket`,
        consequence: isXinetds
          ? 'after the first packet the daemon spins and floods its log'
          : 'the daemon starts server after server while the packet waits to be read',
        ...(fix === undefined ? {} : { fix }),
      });
    }),
});

/** In inetd.conf a limit behind the word stays: it counts the starts of a server that is waited for, too. */
function waitFix(view: ServiceView): ProposedFix | undefined {
  const value = attributeOf(view, 'wait')?.values[0];
  if (value === undefined) return undefined;
  const [description, text] =
    view.entry.syntax === 'line' ? ["Write 'wait'", 'wait'] : ["Write 'wait = yes'", 'yes'];
  return { description, edits: [{ start: value.start, end: value.end, text }], isNarrowing: true };
}

/** No connection can be handed over: the server has to read from the socket that the daemon listens on. */
function isPacket(socketType: string | null): boolean {
  return socketType === 'dgram' || socketType === 'raw' || socketType === 'rdm';
}
