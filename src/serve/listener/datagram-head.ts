import type { Addon } from '../../native/addon.ts';
import { type Peer, peerOf } from '../peer.ts';

/** The datagram that waits first on a socket. */
export interface DatagramHead {
  readonly peer: Peer;
  readonly arrival: string;
}

/** Looks at the first datagram without taking it; null when none is there. */
export function peekDatagram(addon: Addon, fd: number): DatagramHead | null {
  const datagram = addon.peekDatagram(fd);
  return datagram === null ? null : { peer: peerOf(datagram.sender), arrival: datagram.arrival };
}

/** True when it is the same datagram, and not another one with the same text from the same client. */
export function isSameDatagram(a: DatagramHead, b: DatagramHead): boolean {
  return a.arrival === b.arrival && a.peer.port === b.peer.port && a.peer.address === b.peer.address;
}
