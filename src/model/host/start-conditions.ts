import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { parseDottedQuad } from '../addresses/ipv4.ts';
import { formatIpv6, mappedIpv4, parseIpv6 } from '../addresses/ipv6.ts';
import { withoutScope } from '../addresses/scoped-ipv6.ts';
import type { StartConditions } from '../start.ts';
import { pathFrom } from './path-from.ts';

const portmapperSockets = ['/run/rpcbind.sock', '/var/run/rpcbind.sock'];

/** What this machine has at the moment. `directory` is where relative names of log files lead. */
export function startConditions(directory: string): StartConditions {
  const local = new Set(
    Object.values(networkInterfaces()).flatMap((addresses) =>
      (addresses ?? []).map(({ address }) => canonical(address)),
    ),
  );
  return {
    isLocalAddress: (address) => isAlwaysLocal(address) || local.has(canonical(address)),
    hasPortmapper: portmapperSockets.some((name) => existsSync(name)),
    canAppend: (name) => canAppend(pathFrom(directory, name)),
  };
}

/**
 * Addresses that can be bound on every host: all of 127/8, `::` and 0.0.0.0 for all addresses, broadcast, and multicast
 * groups.
 */
export function isAlwaysLocal(address: string): boolean {
  const bytes = parseIpv6(address);
  const four = bytes === undefined ? parseDottedQuad(address) : mappedIpv4(bytes);
  if (four !== undefined)
    return four >>> 24 === 127 || four === 0 || four === 0xffffffff || four >>> 28 === 14;
  return bytes !== undefined && (bytes[0] === 0xff || ['::', '::1'].includes(formatIpv6(bytes)));
}

function canonical(address: string): string {
  const bytes = parseIpv6(withoutScope(address));
  return bytes === undefined ? address : formatIpv6(bytes);
}

/** A file that is there, or one that can be made; a slash behind its name asks for a folder. */
function canAppend(name: string): boolean {
  try {
    const isThere = statSync(name, { throwIfNoEntry: false });
    if (isThere?.isDirectory() === true || name.endsWith('/')) return false;
    accessSync(isThere === undefined ? path.dirname(name) : name, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
