import type { SocketAddress } from '../native/socket-types.ts';

/** Who is at the other end, in the form that lists, limits and logs compare. */
export interface Peer {
  /** Numeric address; an IPv4 client of a dual-stack socket has its plain IPv4 address. Empty for a UNIX socket. */
  readonly address: string;
  readonly port: number;
}

const mappedPrefix = '::ffff:';

/**
 * The client of a socket address. xinetd shows IPv4 clients of a dual-stack socket as `::ffff:a.b.c.d`, so that lists and
 * names written for IPv4 miss them; here such a client is an IPv4 client everywhere.
 */
export function peerOf(address: SocketAddress): Peer {
  const mapped = address.family === 'inet6' && address.address.startsWith(mappedPrefix);
  return {
    address: mapped ? address.address.slice(mappedPrefix.length) : address.address,
    port: address.port,
  };
}
