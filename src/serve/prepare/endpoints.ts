import type { HostTables } from '../../model/host-tables.ts';
import { bindAddresses } from '../../model/listening.ts';
import type { Service } from '../../model/service.ts';
import type { SocketOptions } from '../../native/socket-types.ts';
import { describeAddress, type Endpoint } from '../listener/endpoint.ts';
import type { UserDatabase } from './credentials.ts';
import { type Refusal, refuseFor } from './refusal.ts';

/** Connections that may wait to be accepted; the kernel cuts it to its own limit. xinetd's 64 overflow in a burst. */
const backlog = 4096;

/** Names that say nothing beyond the socket type and family. */
const usualProtocol = /^(tcp|udp)(4|6|46)?$/;

/** What the search for endpoints asks of the host. */
export interface EndpointHost {
  readonly tables: Pick<HostTables, 'hostAddresses' | 'protocolNumber'>;
  readonly users: UserDatabase;
}

/** Where a service listens: one endpoint, or one for each address of a host name in `bind`. */
export function findEndpoints(service: Service, host: EndpointHost): Endpoint[] | Refusal {
  const common = commonOptions(service, host);
  if ('reason' in common) return common;
  if (service.unixPath !== null) return findUnixEndpoint(service, service.unixPath, common, host.users);
  const label = service.protocol;
  if (service.bind === null) return [anyAddress(service, common, label)];
  const addresses = bindAddresses(service, host.tables);
  if (addresses.length === 0) {
    return refuseFor(service, 'bind', `${service.bind} has no address of family ${service.family}`);
  }
  return addresses.map((address) => oneAddress(service, address, common, label));
}

type CommonOptions = Omit<SocketOptions, 'family'>;
type Writable<Options> = { -readonly [Key in keyof Options]: Options[Key] };

function commonOptions(service: Service, host: EndpointHost): CommonOptions | Refusal {
  const { socketType, protocol, flags } = service;
  if (socketType === 'rdm') return refuseFor(service, 'socket_type', 'rdm is not supported');
  const isImplied = service.unixPath !== null || (socketType !== 'raw' && usualProtocol.test(protocol));
  const number = isImplied ? 0 : host.tables.protocolNumber(protocol);
  if (number === undefined) return refuseFor(service, 'protocol', `${protocol} is not known`);
  const listens = socketType === 'stream' || socketType === 'seqpacket';
  const tcp = socketType === 'stream' && number === 0 && service.unixPath === null;
  const port = service.port ?? 0;
  const options: Writable<CommonOptions> = listens
    ? { type: socketType, protocol: number, port, backlog, reuseAddress: service.unixPath === null }
    : { type: socketType, protocol: number, port };
  if (tcp && flags.includes('NODELAY')) options.noDelay = true;
  if (tcp && flags.includes('KEEPALIVE')) options.keepAlive = true;
  if (service.sendBuffer !== null) options.sendBuffer = service.sendBuffer;
  if (service.receiveBuffer !== null) options.receiveBuffer = service.receiveBuffer;
  return options;
}

/** All addresses of the host: both families on one socket unless the entry says otherwise, IPv4 where there is no IPv6. */
function anyAddress(service: Service, options: CommonOptions, label: string): Endpoint {
  const four: SocketOptions = { ...options, family: 'inet' };
  const port = options.port ?? 0;
  if (service.family === 'IPv4') return { alternatives: [four], label: `${label} 0.0.0.0:${port}` };
  const six: SocketOptions = { ...options, family: 'inet6', v6only: service.v6only };
  return { alternatives: service.v6only ? [six] : [six, four], label: `${label} [::]:${port}` };
}

function oneAddress(service: Service, address: string, options: CommonOptions, label: string): Endpoint {
  const port = options.port ?? 0;
  const family = address.includes(':') ? 'inet6' : 'inet';
  const socket: SocketOptions =
    family === 'inet6'
      ? { ...options, family, address, v6only: service.v6only }
      : { ...options, family, address };
  return { alternatives: [socket], label: `${label} ${describeAddress({ family, address, port })}` };
}

function findUnixEndpoint(
  service: Service,
  path: string,
  options: CommonOptions,
  users: UserDatabase,
): Endpoint[] | Refusal {
  const { user, group, mode } = service.unixOwner ?? { user: null, group: null, mode: null };
  const owner = user === null ? null : users.userByName(user);
  const ownerGroup = group === null ? null : users.groupByName(group);
  if (user !== null && owner === null) return refuseFor(service, 'socket_type', `user ${user} is not known`);
  if (group !== null && ownerGroup === null) {
    return refuseFor(service, 'socket_type', `group ${group} is not known`);
  }
  const socket: SocketOptions = {
    ...options,
    family: 'unix',
    address: service.location.source.encode(path).toString('latin1'),
    ...(mode === null ? {} : { mode }),
    ...(owner === null ? {} : { uid: owner.uid }),
    ...(ownerGroup === null ? {} : { gid: ownerGroup.gid }),
  };
  return [{ alternatives: [socket], label: `unix ${path}` }];
}
