import { isOneSlip } from '../../../text/one-slip.ts';
import { defineRule } from '../../rule.ts';
import { rangeOf, type ServiceView } from '../../service-view.ts';
import { didYouMean, quote } from '../../wording.ts';

/** Protocols that go with a socket type; raw is left to the system. */
const protocolsOf: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['stream', new Set(['tcp', 'sctp', 'ip', 'unix'])],
  ['dgram', new Set(['udp', 'udplite', 'ip', 'unix'])],
  ['seqpacket', new Set(['sctp', 'unix'])],
]);

export const rule = defineRule({
  meta: {
    name: 'correctness/socket-protocol-mismatch',
    summary: 'A socket type and a protocol that do not go together',
    severity: 'error',
    formats: ['xinetd', 'inetd'],
    scope: 'entry',
    effect: 'drops-service',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: 'The parser accepts it, and the service fails when its socket is made (`Protocol not supported`). A protocol that is not in the protocols file switches the service off.',
    references: ['protocol_parser in parsers.c; svc_activate in service.c'],
    examples: {
      bad: 'socket_type = stream\nprotocol = udp',
      good: 'socket_type = dgram\nprotocol = udp\nwait = yes',
    },
  },
  check: ({ source, analysis, report }) => ({
    Entry: (entry) => {
      const view = analysis.view(entry, source);
      if (view === undefined) return;
      if (isMismatch(view)) {
        report({
          at: rangeOf(view, 'protocol'),
          message: `a ${view.socketType} service cannot speak ${quote(view.protocol ?? '')}`,
          consequence: 'the daemon cannot make the socket',
        });
      }
      if (entry.syntax !== 'block') return;
      for (const { attribute, messages } of analysis.judge(entry, source).lines) {
        const [word] = attribute.values;
        if (word === undefined || !messages.some(({ code }) => code === 'unknown-protocol')) continue;
        report({
          at: word,
          message: unknownProtocol(word.text),
          effect: 'turns-off',
        });
      }
    },
  }),
});

function isMismatch({ socketType, protocol, types }: ServiceView): boolean {
  if (socketType === null || protocol === null || types.has('RPC')) return false;
  // What stands in the packets of a raw socket has to be said.
  if (socketType === 'raw') return protocol.toLowerCase() === 'ip';
  const allowed = protocolsOf.get(socketType);
  return allowed !== undefined && !allowed.has(protocol.toLowerCase());
}

function unknownProtocol(word: string): string {
  if (word === 'tcp' || word === 'udp')
    return `the machine has no protocol ${quote(word)}: no protocols file names it`;
  const meant = ['tcp', 'udp'].find((name) => isOneSlip(word.toLowerCase(), name));
  return `${quote(word)} is no protocol${meant === undefined ? "; 'tcp' and 'udp' are" : didYouMean(meant)}`;
}
