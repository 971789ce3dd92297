import { readFile } from 'node:fs/promises';
import { endianness } from 'node:os';
import { ipv4Bytes, parseDottedQuad } from '../../model/addresses/ipv4.ts';
import { parseIpv6 } from '../../model/addresses/ipv6.ts';
import { withoutScope } from '../../model/addresses/scoped-ipv6.ts';
import type { SocketAddress } from '../../native/socket-types.ts';

/**
 * The connections that nobody has accepted yet on a listening socket, each with a name by which it is known as long as it
 * waits; null where that cannot be known. Never rejects.
 */
export type WaitingClients = (socket: SocketAddress) => Promise<ReadonlySet<string> | null>;

/** Reads a table of the kernel; a table of many connections is read beside the event loop. */
export type ReadTable = (path: string) => Promise<string>;

/** As Linux lists them below /proc/net: connections without an inode, as no descriptor stands for them. */
export function waitingClients(
  read: ReadTable = (path) => readFile(path, 'latin1'),
  order = endianness(),
): WaitingClients {
  return async (socket) => {
    try {
      if (socket.family === 'unix') return unixClients(await read('/proc/net/unix'), socket.address);
      const table = await read(socket.family === 'inet6' ? '/proc/net/tcp6' : '/proc/net/tcp');
      return tcpClients(table, tableAddress(socket, order), socket.port);
    } catch {
      // No /proc, or one without these tables.
      return null;
    }
  };
}

/** Established (01), or closed by the client already (08); a listener for all addresses has clients of any. */
function tcpClients(table: string, address: string, port: number): ReadonlySet<string> {
  const local = `${/^0+$/.test(address) ? '[0-9A-F]+' : address}:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const line = new RegExp(`^ *\\d+: (${local} [0-9A-F]+:[0-9A-F]{4}) 0[18](?: +\\S+){5} +0 `, 'gm');
  return new Set(Array.from(table.matchAll(line), ([, ends = '']) => ends));
}

/**
 * Clients of a UNIX socket have no address of their own: what tells them apart is the number that the kernel gives their
 * sockets, where it shows one.
 */
function unixClients(table: string, path: string): ReadonlySet<string> | null {
  const clients = new Set<string>();
  for (const line of table.split('\n')) {
    const [, number = '', name] = /^([0-9a-f]+): \S+ \S+ \S+ \S+ 02 +0 (.*)$/.exec(line) ?? [];
    if (name !== path) continue;
    if (/^0+$/.test(number)) return null;
    clients.add(number);
  }
  return clients;
}

/** An address as the tables write it: 32 bits at a time, as numbers of the machine. */
function tableAddress({ family, address }: SocketAddress, order: 'LE' | 'BE'): string {
  const bytes =
    family === 'inet6' ? parseIpv6(withoutScope(address)) : ipv4Bytes(parseDottedQuad(address) ?? 0);
  if (bytes === undefined) throw new Error(`${address} is no address`);
  const words = Array.from({ length: bytes.length / 4 }, (_, at) => bytes.subarray(at * 4, at * 4 + 4));
  return words
    .map((word) => Buffer.from(order === 'LE' ? word.toReversed() : word).toString('hex'))
    .join('')
    .toUpperCase();
}
