import { addressVersion } from '../address-version.ts';
import type { PlaceReport } from '../diagnostic.ts';
import type { InetdDialect } from '../from-inetd/dialect-names.ts';
import { type Family, familyOf } from '../from-inetd/family.ts';
import type { InetdService } from '../from-inetd/inetd-service.ts';
import { unusableSocket } from '../from-inetd/unusable-socket.ts';
import type { KnownNames } from '../known-names.ts';
import { isRejection, type Rejection } from '../rejection.ts';
import type { EntryPlan } from './entry-plan.ts';
import { inexpressible } from './expressible.ts';
import { limitsOf } from './limits.ts';
import { type Server, serverOf } from './server.ts';
import { UnknownService } from './unknown-service.ts';

export interface XinetdTarget {
  readonly dialect: InetdDialect;
  /** Where the daemons behind tcpd lie; null leaves tcpd in front of them. */
  readonly daemonDir: string | null;
  /** Whether entries keep xinetd from consulting hosts.allow, as plain inetd does not. */
  readonly noLibwrap: boolean;
  readonly names: KnownNames;
  /** Whether each entry gets its source line as a comment. */
  readonly annotates: boolean;
}

/** The entries for a service, one for each of its addresses, or why there can be none. */
export function planEntries(
  service: InetdService,
  target: XinetdTarget,
  report: PlaceReport,
): readonly EntryPlan[] | Rejection {
  const rejected = unusableSocket(service) ?? inexpressible(service);
  if (rejected !== null) return rejected;
  const addresses = service.addresses.length === 0 ? allAddresses : service.addresses;
  const families: Family[] = [];
  for (const address of addresses) {
    const family = familyOf(service, address, target.dialect);
    if (isRejection(family)) return family;
    families.push(family);
    if (address !== null && addressVersion(address) === null) {
      report.warning('bind-hostname', `${address} is resolved by xinetd once, at start`);
    }
  }
  const isUnknown = reportUnknownName(service, target.names, report);
  reportBufferSizes(service.socket, report);
  const limits = limitsOf(service, target.dialect, report);
  const server = service.isInternal
    ? null
    : serverOf(service.server, service.argv.join(' '), target.daemonDir, report);
  if (service.isInternal && service.argv.length > 0) {
    report.info('internal-args', 'words after "internal" have no meaning');
  }
  const wait = waitOf(service, report);
  const flags = flagsOf(server, target);
  const plans: EntryPlan[] = [];
  for (const [at, family] of families.entries()) {
    // Written out, with nothing spread into it: made 100,000 times, that takes a tenth of the time.
    plans.push({
      name: service.name,
      isDisabled: service.isDisabled || isUnknown,
      serviceType: typeOf(service),
      // An internal service is found by its name, which is the same for stream and dgram.
      id: service.isInternal ? `${service.name}-${service.socketType}` : null,
      flags,
      family,
      socketType: service.socketType,
      protocol: service.protocol,
      port: isListedNumber(service) ? service.name : null,
      rpcNumber: isRpcNumber(service) ? service.name : null,
      rpcVersion: service.rpcVersion,
      bind: addresses[at] ?? null,
      wait,
      user: service.user,
      group: service.group,
      groups: server !== null && needsGroups(service.user),
      server: server === null ? null : server.path,
      serverArgs: server === null ? '' : server.args,
      instances: limits.instances,
      perSource: limits.perSource,
      cps: limits.cps,
      protocolToken: service.protocol + service.ipVersion,
      isInternal: service.isInternal,
    });
  }
  return plans;
}

const allAddresses: readonly null[] = [null];

/** xinetd finds the groups of a user by its name; for root there is nothing to add. */
function needsGroups(user: string): boolean {
  return user !== 'root' && !/^\d+$/.test(user);
}

/** inetd passes over a name that is in no table; so does the result, until somebody adds the name. */
function reportUnknownName(service: InetdService, names: KnownNames, report: PlaceReport): boolean {
  const { kind, name, protocol } = service;
  const isKnown =
    kind === 'rpc'
      ? isRpcNumber(service) || names.rpcNumber(name) !== undefined
      : kind !== 'listed' || isListedNumber(service) || names.servicePort(name, protocol) !== undefined;
  if (!isKnown) report.add((place) => new UnknownService(name, kind === 'rpc' ? 'rpc' : protocol, place));
  return !isKnown;
}

function reportBufferSizes({ sendBuffer, receiveBuffer }: InetdService['socket'], report: PlaceReport): void {
  if (sendBuffer === null && receiveBuffer === null) return;
  const sizes = [
    ...(sendBuffer === null ? [] : [`sndbuf=${sendBuffer}`]),
    ...(receiveBuffer === null ? [] : [`rcvbuf=${receiveBuffer}`]),
  ];
  report.warning('sockbuf-lost', `${sizes.join(',')}: xinetd cannot set socket buffer sizes`);
}

function waitOf(service: InetdService, report: PlaceReport): boolean {
  if (service.kind === 'tcpmux' || service.kind === 'tcpmuxplus') return false;
  if (service.socketType !== 'dgram' || service.wait) return service.wait;
  report.warning(
    'dgram-nowait',
    'dgram with nowait became wait = yes (xinetd 2.3.15.4 and later reject wait = no)',
  );
  return true;
}

function typeOf(service: InetdService): string | null {
  if (service.isInternal) return 'INTERNAL';
  switch (service.kind) {
    case 'rpc':
      return isRpcNumber(service) ? 'RPC UNLISTED' : 'RPC';
    case 'tcpmux':
      return 'TCPMUX UNLISTED';
    case 'tcpmuxplus':
      return 'TCPMUXPLUS UNLISTED';
    default:
      return isListedNumber(service) ? 'UNLISTED' : null;
  }
}

function flagsOf(server: Server | null, { noLibwrap }: XinetdTarget): string {
  const name = server?.isNameInArgs === true ? 'NAMEINARGS' : '';
  // tcpd has asked already.
  return server?.isWrapped === true || noLibwrap ? `${name} NOLIBWRAP`.trimStart() : name;
}

function isListedNumber({ kind, name }: InetdService): boolean {
  return kind === 'listed' && /^\d+$/.test(name);
}

function isRpcNumber({ kind, name }: InetdService): boolean {
  return kind === 'rpc' && /^\d+$/.test(name);
}
