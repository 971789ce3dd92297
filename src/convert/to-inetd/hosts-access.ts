import type { AddressPattern, Service } from '../../model/service.ts';
import { baseName } from '../../text/base-name.ts';

/** Lines for hosts.allow and hosts.deny that say what only_from and no_access said (hosts_access(5)). */
export interface HostsAccess {
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}

/**
 * The rules of a service behind tcpd. hosts.allow is asked first, so what no_access takes away must stand there: to xinetd
 * an address in both lists is refused.
 */
export function hostsAccessOf(service: Service): HostsAccess {
  const { server, onlyFrom, noAccess } = service;
  const daemon = baseName(server ?? service.name);
  const denied = (noAccess ?? []).map(({ pattern }) => clientPattern(pattern)).join(' ');
  if (onlyFrom === null) return { allow: [], deny: denied === '' ? [] : [`${daemon}: ${denied}`] };
  const allowed = onlyFrom.map(({ pattern }) => clientPattern(pattern)).join(' ');
  const except = denied === '' ? '' : ` EXCEPT ${denied}`;
  return {
    allow: allowed === '' ? [] : [`${daemon}: ${allowed}${except}`],
    deny: [`${daemon}: ALL`],
  };
}

function clientPattern(pattern: AddressPattern): string {
  if (pattern.kind === 'host' || pattern.kind === 'domain') return pattern.text;
  const prefix = pattern.kind === 'network' ? pattern.prefix : pattern.bytes.length * 8;
  if (pattern.version === 6) {
    const address = groupsText(pattern.bytes);
    return prefix === 128 ? `[${address}]` : `[${address}]/${prefix}`;
  }
  const octets = [...pattern.bytes];
  if (prefix === 32) return octets.join('.');
  // A final dot stands for "and everything below"; other prefixes need a mask.
  if (prefix % 8 === 0 && prefix > 0) return `${octets.slice(0, prefix / 8).join('.')}.`;
  const mask = octets.map((_, at) => 256 - 2 ** (8 - Math.max(0, Math.min(8, prefix - 8 * at))));
  return `${octets.map((octet, at) => octet & (mask[at] ?? 0)).join('.')}/${mask.join('.')}`;
}

function groupsText(bytes: Uint8Array): string {
  return Array.from({ length: 8 }, (_, at) =>
    (((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0)).toString(16),
  ).join(':');
}
