import type { SocketAddress, SocketOptions } from '../../native/socket-types.ts';

/** One place where a service listens. */
export interface Endpoint {
  /** The socket to make; the next ones when the system does not know the address family of the one before. */
  readonly alternatives: readonly [SocketOptions, ...SocketOptions[]];
  /** `tcp [::]:25`: what it is called in messages and what makes it the same endpoint after a reload. */
  readonly label: string;
}

/** `[::1]:25`, `127.0.0.1:25` or a path. */
export function describeAddress({ family, address, port }: SocketAddress): string {
  if (family === 'unix') return address;
  return family === 'inet6' ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Two endpoints with the same key are served by the same socket. */
export function endpointKey({ alternatives }: Endpoint): string {
  return JSON.stringify(alternatives);
}
