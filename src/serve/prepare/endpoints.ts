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
  const { socketType, protocol, unixPath } = service;
  if (socketType === 'rdm') return refuseFor(service, 'socket_type', 'rdm is not supported');
  const isImplied = unixPath !== null || (socketType !== 'raw' && usualProtocol.test(protocol));
  const number = isImplied ? 0 : host.tables.protocolNumber(protocol);
  if (number === undefined) return refuseFor(service, 'protocol', `${protocol} is not known`);
  const kind = { type: socketType, protocol: number };
  if (unixPath !== null) return findUnixEndpoint(service, unixPath, kind, host.users);
  if (service.bind === null) return [anyAddress(service, kind)];
  const addresses = bindAddresses(service, host.tables);
  if (addresses.length === 0) {
    return refuseFor(service, 'bind', `${service.bind} has no address of family ${service.family}`);
  }
  return addresses.map((address) => oneAddress(service, address, kind));
}

type Kind = Pick<Writable<SocketOptions>, 'type' | 'protocol'>;
type Writable<Options> = { -readonly [Key in keyof Options]: Options[Key] };

/** What a service says about its socket, whatever the address. Options that few ask for are added: copies cost more. */
function socketOf(
  service: Service,
  { type, protocol = 0 }: Kind,
  family: SocketOptions['family'],
): Writable<SocketOptions> {
  const { flags, unixPath, sendBuffer, receiveBuffer } = service;
  const port = service.port ?? 0;
  const listens = type === 'stream' || type === 'seqpacket';
  const socket: Writable<SocketOptions> = listens
    ? { family, type, protocol, port, backlog, reuseAddress: unixPath === null }
    : { family, type, protocol, port };
  const tcp = type === 'stream' && protocol === 0 && unixPath === null;
  if (family === 'inet6') socket.v6only = service.v6only;
  if (tcp && flags.includes('NODELAY')) socket.noDelay = true;
  if (tcp && flags.includes('KEEPALIVE')) socket.keepAlive = true;
  if (sendBuffer !== null) socket.sendBuffer = sendBuffer;
  if (receiveBuffer !== null) socket.receiveBuffer = receiveBuffer;
  return socket;
}

/** All addresses of the host: both families on one socket unless the entry says otherwise, IPv4 where there is no IPv6. */
function anyAddress(service: Service, kind: Kind): Endpoint {
  const { protocol, port } = service;
  const four = socketOf(service, kind, 'inet');
  if (service.family === 'IPv4') return { alternatives: [four], label: `${protocol} 0.0.0.0:${port ?? 0}` };
  const six = socketOf(service, kind, 'inet6');
  const label = `${protocol} [::]:${port ?? 0}`;
  return { alternatives: service.v6only ? [six] : [six, four], label };
}

function oneAddress(service: Service, address: string, kind: Kind): Endpoint {
  const family = address.includes(':') ? 'inet6' : 'inet';
  const socket = socketOf(service, kind, family);
  socket.address = address;
  const label = `${service.protocol} ${describeAddress({ family, address, port: service.port ?? 0 })}`;
  return { alternatives: [socket], label };
}

function findUnixEndpoint(
  service: Service,
  path: string,
  kind: Kind,
  users: UserDatabase,
): Endpoint[] | Refusal {
  const { user, group, mode } = service.unixOwner ?? { user: null, group: null, mode: null };
  const owner = user === null ? null : users.userByName(user);
  const ownerGroup = group === null ? null : users.groupByName(group);
  if (user !== null && owner === null) return refuseFor(service, 'socket_type', `user ${user} is not known`);
  if (group !== null && ownerGroup === null) {
    return refuseFor(service, 'socket_type', `group ${group} is not known`);
  }
  const socket = socketOf(service, kind, 'unix');
  socket.address = service.location.source.encode(path).toString('latin1');
  if (mode !== null) socket.mode = mode;
  if (owner !== null) socket.uid = owner.uid;
  if (ownerGroup !== null) socket.gid = ownerGroup.gid;
  return [{ alternatives: [socket], label: `unix ${path}` }];
}
