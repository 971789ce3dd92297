import { readFileSync } from 'node:fs';
import type { PreparedService } from './prepared-service.ts';

/** CAP_NET_BIND_SERVICE */
const bindService = 1n << 10n;

/** Finds the sockets that this process may not bind, in words: the system keeps the low ports for itself. */
export function findLowPorts(): (prepared: PreparedService) => readonly string[] {
  const first = firstFreePort();
  return ({ service, endpoints }) =>
    endpoints.flatMap(({ alternatives: [{ family, port = 0 }], label }) =>
      family === 'unix' || port === 0 || port >= first
        ? []
        : [`Service ${service.id} cannot be bound to ${label}: only root can bind ports below ${first}`],
    );
}

/** The first port that everybody may bind; 0 where this process may bind all. */
function firstFreePort(): number {
  const capabilities = /^CapEff:\s*([0-9a-f]+)/m.exec(textOf('/proc/self/status'))?.[1] ?? '0';
  if ((BigInt(`0x${capabilities}`) & bindService) !== 0n) return 0;
  return Number.parseInt(textOf('/proc/sys/net/ipv4/ip_unprivileged_port_start') || '1024', 10);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
