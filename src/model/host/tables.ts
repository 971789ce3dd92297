import { lowerAscii } from '../../text/lower-ascii.ts';
import { formatIpv4 } from '../addresses/ipv4.ts';
import { formatIpv6, mappedIpv4, parseIpv6 } from '../addresses/ipv6.ts';
import type { HostTables } from '../host-tables.ts';
import {
  groupRows,
  hostRows,
  type NumberRow,
  networkRows,
  numberRows,
  serviceRows,
  userRows,
} from './table-rows.ts';

/** Contents of the databases; a missing one is empty. */
export type EtcTexts = Readonly<Partial<Record<EtcFile, string>>>;

export const etcFiles = ['services', 'protocols', 'rpc', 'networks', 'hosts', 'passwd', 'group'] as const;

export type EtcFile = (typeof etcFiles)[number];

const noInterfaces: ReadonlyMap<string, number> = new Map();

/**
 * Look-ups in the databases below /etc, with the rules of the C library: the first line that fits wins. Interfaces are in
 * none of them; they are asked for when one is looked up.
 */
export function tablesOf(texts: EtcTexts, interfaces = () => noInterfaces): HostTables {
  const services = portsOf(texts.services ?? '');
  const protocols = firstByName(numberRows(texts.protocols ?? ''));
  const rpc = firstByName(numberRows(texts.rpc ?? ''));
  const networks = firstByName(networkRows(texts.networks ?? ''), lowerAscii);
  const hosts = addressesOf(texts.hosts ?? '');
  const users = usersOf(texts.passwd ?? '');
  const groups = groupsOf(texts.group ?? '');
  return {
    servicePort: (name, protocol) => services.get(protocol)?.get(name),
    protocolNumber: (name) => protocols.get(name),
    rpcNumber: (name) => rpc.get(name),
    network: (name) => networks.get(lowerAscii(name)),
    hostAddresses: (name, family) => resolverOrder(hosts.get(lowerAscii(name)) ?? [], family),
    user: (name) => users.byName.get(name),
    userName: (uid) => users.byId.get(uid),
    group: (name) => groups.get(name),
    interfaceNumber: (name) => interfaces().get(name),
    interfaceName: (number) => [...interfaces()].find(([, each]) => each === number)?.[0],
  };
}

function setFirst<K, V>(map: Map<K, V>, key: K, value: V): void {
  if (!map.has(key)) map.set(key, value);
}

/** Ports by protocol and name. */
function portsOf(text: string): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const services = new Map<string, Map<string, number>>();
  for (const { names, port, protocol } of serviceRows(text)) {
    const ports = services.get(protocol) ?? new Map<string, number>();
    services.set(protocol, ports);
    for (const name of names) setFirst(ports, name, port);
  }
  return services;
}

function firstByName(
  rows: readonly NumberRow[],
  keyOf = (name: string) => name,
): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const { names, number } of rows) {
    for (const name of names) setFirst(numbers, keyOf(name), number);
  }
  return numbers;
}

/** Every line of a name counts. */
function addressesOf(text: string): ReadonlyMap<string, readonly HostAddress[]> {
  const hosts = new Map<string, HostAddress[]>();
  for (const { names, address } of hostRows(text)) {
    for (const name of names.map(lowerAscii)) {
      const known = hosts.get(name);
      if (known === undefined) hosts.set(name, [readAddress(address)]);
      else known.push(readAddress(address));
    }
  }
  return hosts;
}

interface HostAddress {
  readonly text: string;
  /** What it is to who asks for IPv4: `::1` is 127.0.0.1, and a mapped address the one that is in it. */
  readonly four: string | undefined;
  /** Whether it is sorted among those of IPv4, which a mapped address is too. */
  readonly isFour: boolean;
}

function readAddress(text: string): HostAddress {
  const bytes = parseIpv6(text);
  if (bytes === undefined) return { text, four: text, isFour: true };
  const mapped = mappedIpv4(bytes);
  const written = formatIpv6(bytes);
  const four = mapped === undefined ? (written === '::1' ? loopback : undefined) : formatIpv4(mapped);
  return { text: written, four, isFour: mapped !== undefined };
}

const loopback = '127.0.0.1';

/** IPv6 comes first, as the resolver of glibc sorts by default. Asked for IPv4 alone, it puts 127.0.0.1 in front. */
function resolverOrder(addresses: readonly HostAddress[], family: 4 | 6 | undefined): readonly string[] {
  if (family === 4) {
    const four = addresses.flatMap((address) => address.four ?? []);
    return four.includes(loopback) ? [loopback, ...four.filter((address) => address !== loopback)] : four;
  }
  const asked = family === 6 ? addresses.filter(({ text }) => text.includes(':')) : addresses;
  return [...asked.filter(({ isFour }) => !isFour), ...asked.filter(({ isFour }) => isFour)].map(
    ({ text }) => text,
  );
}

function usersOf(text: string) {
  const byName = new Map<string, { uid: number; gid: number }>();
  const byId = new Map<number, string>();
  for (const { name, uid, gid } of userRows(text)) {
    setFirst(byName, name, { uid, gid });
    setFirst(byId, uid, name);
  }
  return { byName, byId };
}

function groupsOf(text: string): ReadonlyMap<string, { gid: number }> {
  const groups = new Map<string, { gid: number }>();
  for (const { name, gid } of groupRows(text)) setFirst(groups, name, { gid });
  return groups;
}
