import type { AccessItem, Service } from '../../model/service.ts';
import { type Refusal, refuseFor } from './refusal.ts';

/** What the host asks of every service. */
export interface HostRules {
  /** /etc/hosts.allow or /etc/hosts.deny hold rules. */
  readonly libwrapRules: boolean;
}

interface Unenforced {
  /** Key of the attribute whose line is shown. */
  readonly attribute: string;
  readonly asksFor: (service: Service, host: HostRules) => boolean;
  readonly why: string;
  /** See `Refusal`. */
  readonly byHost?: boolean;
}

/**
 * What an entry can ask for and `serve` does not do. An entry that asks is not started: serving it without would open what
 * somebody meant to be closed, or start something else than what is written.
 */
const table: readonly Unenforced[] = [
  {
    attribute: 'only_from',
    asksFor: ({ onlyFrom }) => namesHosts(onlyFrom),
    why: 'clients cannot be checked by host or domain name yet',
  },
  {
    attribute: 'no_access',
    asksFor: ({ noAccess }) => namesHosts(noAccess),
    why: 'clients cannot be checked by host or domain name yet',
  },
  {
    attribute: 'wait',
    asksFor: ({ socketType, wait }) => (socketType === 'dgram' || socketType === 'raw') && !wait,
    why: 'a service without connections must have wait = yes: its server reads from the socket that the daemon watches',
  },
  {
    attribute: 'socket_type',
    asksFor: ({ socketType }) => socketType === 'rdm',
    why: 'reliable datagrams are not supported',
  },
  {
    attribute: 'protocol',
    asksFor: isOddPair,
    why: 'tcp is for streams and udp for datagrams: the system knows no other socket of them',
  },
  {
    attribute: 'v6only',
    asksFor: ({ v6only, family, origins }) =>
      v6only && family === 'IPv4' && origins.get('v6only')?.some(({ from }) => from === 'entry') === true,
    why: 'it lets only IPv6 clients in, and the socket is one of IPv4',
  },
  { attribute: 'type', asksFor: hasType('INTERNAL'), why: 'built-in services are not supported yet' },
  { attribute: 'type', asksFor: hasType('RPC'), why: 'RPC services are not supported yet' },
  { attribute: 'type', asksFor: hasType('TCPMUX'), why: 'tcpmux is not supported yet' },
  { attribute: 'type', asksFor: hasType('TCPMUXPLUS'), why: 'tcpmux is not supported yet' },
  {
    attribute: 'redirect',
    asksFor: ({ redirect }) => redirect !== null,
    why: 'redirection is not supported yet',
  },
  { attribute: 'flags', asksFor: hasFlag('INTERCEPT'), why: 'INTERCEPT is not supported yet' },
  { attribute: 'flags', asksFor: hasFlag('SENSOR'), why: 'SENSOR is not supported yet' },
  { attribute: 'flags', asksFor: hasFlag('IDONLY'), why: 'clients cannot be identified (RFC 1413) yet' },
  { attribute: 'flags', asksFor: hasFlag('LABELED'), why: 'labeled networking is not supported' },
  {
    attribute: 'libwrap',
    asksFor: ({ libwrap }) => libwrap !== null,
    why: 'hosts.allow and hosts.deny are not read yet',
  },
  {
    attribute: 'flags',
    asksFor: (service, host) =>
      host.libwrapRules && service.syntax === 'block' && !hasFlag('NOLIBWRAP')(service),
    why: 'hosts.allow or hosts.deny hold rules and are not read yet; with the flag NOLIBWRAP they do not count',
    byHost: true,
  },
];

/** Why this service cannot be served as it is written: the last reason for each attribute, which is the most particular. */
export function findUnenforced(service: Service, host: HostRules): Refusal[] {
  const asked = table.filter(({ asksFor }) => asksFor(service, host));
  if (asked.length === 0) return [];
  const refusals = new Map<string, Refusal>();
  for (const { attribute, why, byHost = false } of asked) {
    refusals.set(attribute, { ...refuseFor(service, attribute, why), byHost });
  }
  return [...refusals.values()];
}

function namesHosts(items: readonly AccessItem[] | null): boolean {
  return items?.some(({ pattern }) => pattern.kind === 'host' || pattern.kind === 'domain') ?? false;
}

/** A raw socket takes the packets of any protocol. */
function isOddPair({ protocol, socketType, unixPath }: Service): boolean {
  if (unixPath !== null || socketType === 'raw') return false;
  const isTcp = /^tcp/.test(protocol);
  const isUdp = /^udp(?!lite)/.test(protocol);
  return (isTcp && socketType !== 'stream') || (isUdp && socketType !== 'dgram');
}

function hasType(name: string): (service: Service) => boolean {
  return ({ types }) => types.includes(name);
}

function hasFlag(name: string): (service: Service) => boolean {
  return ({ flags }) => flags.includes(name);
}
