import type { Service } from '../../model/service.ts';
import { baseName } from '../../text/base-name.ts';
import type { InetdDialect } from '../from-inetd/dialect-names.ts';
import type { Family } from '../from-inetd/family.ts';
import type { LinePlace } from '../from-inetd/inetd-item.ts';
import type { InetdService } from '../from-inetd/inetd-service.ts';

/** An entry of inetd.conf as a service: what inetd.conf cannot say is not set. */
export function serviceOfInetd(
  entry: InetdService,
  port: number | null,
  family: Family,
  dialect: InetdDialect,
  { source, start, end }: LinePlace,
): Service {
  const { limits, socket, argv, server } = entry;
  // Only FreeBSD and NetBSD have such limits; a service that waits has one server at a time anyway.
  const hasChildLimits = (dialect === 'freebsd' || dialect === 'netbsd') && !entry.wait;
  return {
    // Written out, with nothing spread into it: an object of so many fields takes twenty times as long otherwise.
    syntax: 'line',
    bind: null,
    bindAddress: null,
    flags: [],
    groups: true,
    redirect: null,
    redirectAddress: null,
    instances: null,
    cps: null,
    maxLoad: null,
    onlyFrom: null,
    noAccess: null,
    accessTimes: null,
    denyTime: 0,
    libwrap: null,
    logType: null,
    logOnSuccess: [],
    logOnFailure: [],
    env: [],
    passenv: null,
    umask: null,
    nice: null,
    rlimits: {},
    banner: null,
    bannerSuccess: null,
    bannerFail: null,
    rpc: null,
    origins: new Map(),
    id: entry.name,
    name: entry.name,
    location: { source, range: { start, end } },
    socketType: entry.socketType as Service['socketType'],
    protocol: entry.protocol,
    port,
    unixPath: entry.kind === 'unix' ? entry.name : null,
    unixOwner: socket.owner,
    family: family.flag === 'IPv4' ? 'IPv4' : 'IPv6',
    isFamilyGiven: entry.ipVersion !== '',
    v6only: family.isV6Only,
    wait: entry.wait || entry.socketType === 'dgram',
    types: typesOf(entry),
    user: { name: entry.user, id: entry.user === 'root' ? 0 : -1, gid: -1 },
    group: entry.group === null ? null : { name: entry.group, id: -1 },
    server: entry.isInternal ? null : server,
    argv: argv.length === 0 ? [baseName(server)] : argv,
    maxPerMinute: limits.perMinute,
    maxChildren: hasChildLimits ? unlessZero(limits.children) : null,
    perSource: hasChildLimits ? unlessZero(limits.childrenPerSource) : null,
    maxPerMinutePerSource: hasChildLimits ? unlessZero(limits.perMinutePerSource) : null,
    sendBuffer: socket.sendBuffer === null ? null : bytesOf(socket.sendBuffer),
    receiveBuffer: socket.receiveBuffer === null ? null : bytesOf(socket.receiveBuffer),
  };
}

function typesOf({ kind, isInternal }: InetdService): readonly string[] {
  return [
    ...(kind === 'rpc' ? ['RPC'] : []),
    ...(isInternal ? ['INTERNAL'] : []),
    ...(kind === 'tcpmux' ? ['TCPMUX'] : []),
    ...(kind === 'tcpmuxplus' ? ['TCPMUXPLUS'] : []),
  ];
}

function unlessZero(limit: number | null): number | null {
  return limit === 0 ? null : limit;
}

/** `64k`, `1m`, or a number of bytes. */
function bytesOf(size: string): number {
  const unit = size.at(-1)?.toLowerCase();
  return Number.parseInt(size, 10) * (unit === 'k' ? 1024 : unit === 'm' ? 1048576 : 1);
}
