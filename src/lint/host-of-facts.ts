import type { HostFacts } from '../config/host-facts.ts';
import type { HostTables } from '../model/host-tables.ts';
import type { Host } from './host.ts';
import { assumedInterfaces, isHostName } from './host.ts';

/** A machine of which a snapshot is there. Host names are not in it, so none is called unknown. */
export function hostOfFacts(facts: HostFacts): Host {
  const services = firstOf(facts.services.map((each) => [`${each.name}/${each.protocol}`, each.port]));
  const protocols = firstOf(facts.protocols.map(({ name, number }) => [name, number]));
  const rpc = firstOf(facts.rpc.map(({ name, number }) => [name, number]));
  const users = firstOf(facts.users.map((user) => [user.name, user]));
  const userNames = firstOf(facts.users.map(({ name, uid }) => [uid, name]));
  const groups = firstOf(facts.groups.map((group) => [group.name, group]));
  const addresses = new Set(facts.addresses.map((address) => address.toLowerCase()));
  const tables: HostTables = {
    servicePort: (name, protocol) => services.get(`${name}/${protocol}`),
    protocolNumber: (name) => protocols.get(name),
    rpcNumber: (name) => rpc.get(name),
    network: () => undefined,
    hostAddresses: (name) => (isHostName(name) ? ['2001:db8::1', '192.0.2.1'] : []),
    user: (name) => users.get(name),
    userName: (uid) => userNames.get(uid),
    group: (name) => groups.get(name),
    ...assumedInterfaces,
  };
  return {
    hasFacts: true,
    tables,
    path: (name) => facts.paths[name],
    ...(addresses.size === 0
      ? {}
      : { isLocalAddress: (address: string) => addresses.has(address.toLowerCase()) }),
  };
}

/** The rows of a database stand in its order, and the first one that fits wins. */
function firstOf<K, V>(rows: readonly (readonly [K, V])[]): ReadonlyMap<K, V> {
  return new Map(rows.toReversed());
}
