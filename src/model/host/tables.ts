import { parseInetAton } from '../addresses/ipv4.ts';
import { parseIpv6 } from '../addresses/ipv6.ts';
import type { HostTables } from '../host-tables.ts';
import { tableLines } from './table-lines.ts';

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
  const services = readServices(texts.services ?? '');
  const protocols = readNumbers(texts.protocols ?? '');
  const rpc = readNumbers(texts.rpc ?? '');
  const networks = readNetworks(texts.networks ?? '');
  const hosts = readHosts(texts.hosts ?? '');
  const users = readUsers(texts.passwd ?? '');
  const groups = readGroups(texts.group ?? '');
  return {
    servicePort: (name, protocol) => services.get(protocol)?.get(name),
    protocolNumber: (name) => protocols.get(name),
    rpcNumber: (name) => rpc.get(name),
    network: (name) => networks.get(name.toLowerCase()),
    hostAddresses: (name, family) => resolverOrder(hosts.get(name.toLowerCase()) ?? [], family),
    user: (name) => users.byName.get(name),
    userName: (uid) => users.byId.get(uid),
    group: (name) => groups.get(name),
    interfaceNumber: (name) => interfaces().get(name),
    interfaceName: (number) => [...interfaces()].find(([, each]) => each === number)?.[0],
  };
}

function setFirst<V>(map: Map<string, V>, key: string, value: V): void {
  if (!map.has(key)) map.set(key, value);
}

/** Ports by protocol and name. */
function readServices(text: string): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const services = new Map<string, Map<string, number>>();
  for (const [name, portAndProtocol, ...aliases] of tableLines(text)) {
    const [, port, protocol] = /^([0-9]+)\/(.+)$/.exec(portAndProtocol ?? '') ?? [];
    if (name === undefined || protocol === undefined) continue;
    const ports = services.get(protocol) ?? new Map<string, number>();
    services.set(protocol, ports);
    for (const each of [name, ...aliases]) setFirst(ports, each, Number(port));
  }
  return services;
}

function readNumbers(text: string): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const [name, number, ...aliases] of tableLines(text)) {
    if (name === undefined || number === undefined || !/^[0-9]+$/.test(number)) continue;
    for (const each of [name, ...aliases]) setFirst(numbers, each, Number(number));
  }
  return numbers;
}

/** Names in any case. A network of less than four numbers is filled up with zeros on the right. */
function readNetworks(text: string): ReadonlyMap<string, number> {
  const networks = new Map<string, number>();
  for (const [name, number, ...aliases] of tableLines(text)) {
    if (name === undefined || number === undefined) continue;
    const parts = number.split('.');
    while (parts.length < 4) parts.push('0');
    const value = parseInetAton(parts.join('.'));
    if (value === undefined) continue;
    for (const each of [name, ...aliases]) setFirst(networks, each.toLowerCase(), value);
  }
  return networks;
}

/** Every line of a name counts. */
function readHosts(text: string): ReadonlyMap<string, readonly string[]> {
  const hosts = new Map<string, string[]>();
  for (const [address, ...names] of tableLines(text)) {
    if (address === undefined) continue;
    if (parseIpv6(address) === undefined && parseInetAton(address) === undefined) continue;
    for (const name of names) {
      const key = name.toLowerCase();
      hosts.set(key, [...(hosts.get(key) ?? []), address]);
    }
  }
  return hosts;
}

/**
 * IPv6 comes first, as the resolver of glibc sorts by default. Asked for IPv4 alone, it takes a line with ::1 for
 * 127.0.0.1 too, and puts that in front.
 */
function resolverOrder(addresses: readonly string[], family: 4 | 6 | undefined): readonly string[] {
  const six = addresses.filter((address) => address.includes(':'));
  const four = addresses.filter((address) => !address.includes(':'));
  if (family === 6) return six;
  if (family === undefined) return [...six, ...four];
  const loopback = '127.0.0.1';
  const hasLoopback = six.includes('::1') || four.includes(loopback);
  return hasLoopback ? [loopback, ...four.filter((address) => address !== loopback)] : four;
}

function readUsers(text: string) {
  const byName = new Map<string, { uid: number; gid: number }>();
  const byId = new Map<number, string>();
  for (const line of text.split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (!name || !/^[0-9]+$/.test(uid ?? '') || !/^[0-9]+$/.test(gid ?? '')) continue;
    setFirst(byName, name, { uid: Number(uid), gid: Number(gid) });
    if (!byId.has(Number(uid))) byId.set(Number(uid), name);
  }
  return { byName, byId };
}

function readGroups(text: string): ReadonlyMap<string, { gid: number }> {
  const groups = new Map<string, { gid: number }>();
  for (const line of text.split('\n')) {
    const [name, , gid] = line.split(':');
    if (name && /^[0-9]+$/.test(gid ?? '')) setFirst(groups, name, { gid: Number(gid) });
  }
  return groups;
}
