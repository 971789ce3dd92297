import { readFileSync } from 'node:fs';
import type { PreparedService } from './prepared-service.ts';

/** CAP_NET_BIND_SERVICE and CAP_NET_RAW */
const bindService = 1n << 10n;
const netRaw = 1n << 13n;

/** Finds the sockets that this process may not have, in words: the system keeps low ports and raw packets for root. */
export function findForbiddenSockets(): (prepared: PreparedService) => readonly string[] {
  const capabilities = effectiveCapabilities();
  const mayBeRaw = (capabilities & netRaw) !== 0n;
  const first = (capabilities & bindService) !== 0n ? 0 : firstFreePort();
  return ({ service, endpoints }) =>
    endpoints.flatMap(({ alternatives: [{ family, type, port = 0 }], label }) => {
      if (family === 'unix') return [];
      if (type === 'raw') {
        return mayBeRaw ? [] : [`Service ${service.id} cannot open ${label}: only root can open raw sockets`];
      }
      return port === 0 || port >= first
        ? []
        : [`Service ${service.id} cannot be bound to ${label}: only root can bind ports below ${first}`];
    });
}

function effectiveCapabilities(): bigint {
  return BigInt(`0x${/^CapEff:\s*([0-9a-f]+)/m.exec(textOf('/proc/self/status'))?.[1] ?? '0'}`);
}

/** The first port that everybody may bind. */
function firstFreePort(): number {
  return Number.parseInt(textOf('/proc/sys/net/ipv4/ip_unprivileged_port_start') || '1024', 10);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
