import { type Rejection, rejection } from '../rejection.ts';
import type { InetdService } from './inetd-service.ts';

const protocols: ReadonlySet<string> = new Set(['tcp', 'udp', 'sctp', 'unix']);
const socketTypes: ReadonlySet<string> = new Set(['stream', 'dgram', 'raw', 'seqpacket']);

/** Sockets that no target of a conversion has; null for all others. */
export function unusableSocket({ socketType, protocol }: InetdService): Rejection | null {
  if (socketType === 'tli' || socketType === 'xti' || /^ti(?:cots(?:ord)?|clts)$/.test(protocol)) {
    return rejection('tli', `${socketType} over ${protocol} is a transport of TLI`);
  }
  if (socketType === 'rdm') return rejection('rdm', 'there are no rdm sockets');
  if (!socketTypes.has(socketType)) return rejection('bad-socket-type', `unknown socket type ${socketType}`);
  if (!protocols.has(protocol)) return rejection('bad-protocol', `unknown protocol ${protocol}`);
  const isMismatch =
    (socketType === 'stream' && protocol === 'udp') || (socketType === 'dgram' && protocol === 'tcp');
  return isMismatch ? rejection('bad-protocol', `there is no ${socketType} over ${protocol}`) : null;
}
