import type { Addon } from '../../native/addon.ts';
import { type Peer, peerOf } from '../peer.ts';

/** Bytes that tell two datagrams of one sender apart. */
const comparedBytes = 512;

/** The datagram that waits first on a socket: who sent it and how it begins. */
export interface DatagramHead {
  readonly peer: Peer;
  readonly beginning: Buffer;
}

/** Looks at the first datagram without taking it; null when none is there. */
export function peekDatagram(addon: Addon, fd: number): DatagramHead | null {
  const sender = addon.peekSender(fd);
  if (sender === null) return null;
  const buffer = Buffer.alloc(comparedBytes);
  const length = addon.receive(fd, buffer, true);
  return { peer: peerOf(sender), beginning: buffer.subarray(0, length ?? 0) };
}

/** True when it looks like the same datagram: a client that sends again cannot be told from one that was not read. */
export function isSameDatagram(a: DatagramHead, b: DatagramHead): boolean {
  return a.peer.port === b.peer.port && a.peer.address === b.peer.address && a.beginning.equals(b.beginning);
}
