import { standardProtocols, standardRpcPrograms, standardServices } from '../catalog/standard-names.ts';
import type { PathFacts } from '../config/host-facts.ts';
import { isSystemAccount, isSystemGroup } from '../grammar/inetd/system-names.ts';
import { parseInetAton } from '../model/addresses/ipv4.ts';
import { tablesOf } from '../model/host/tables.ts';
import type { HostTables } from '../model/host-tables.ts';
import { lowerAscii } from '../text/lower-ascii.ts';
import { isInterfaceName } from './interface-names.ts';

/** What the rules may know of the machine that will run the configuration. */
export interface Host {
  /** Whether anything is known of it at all; without that, users, paths and names are not judged. */
  readonly hasFacts: boolean;
  readonly tables: HostTables;
  /** Whether an interface has the address; absent where nobody has looked. */
  readonly isLocalAddress?: (address: string) => boolean;
  /** What is known of a path of the configuration; undefined where nobody has looked. */
  readonly path?: (name: string) => PathFacts | undefined;
}

/**
 * Whether the daemon, which is root, would take a path for a program: a folder passes, what nobody has looked at is
 * believed, but for the CR of a line end, which no program has in its name.
 */
export function isExecutable({ path }: Host, name: string): boolean {
  const facts = path?.(name);
  if (facts === undefined) return !name.endsWith('\r');
  if (facts.kind === 'missing' || facts.kind === 'broken-link') return false;
  return facts.kind !== 'file' || ((facts.mode ?? 0o111) & 0o111) !== 0;
}

/** Whether a path leads to a folder, by its slash or by what is known of it. */
export function isFolder({ path }: Host, name: string): boolean {
  return name.endsWith('/') || path?.(name)?.kind === 'directory';
}

/** Words of other access control languages, which people expect here and which are no host names. */
const foreignWords: ReadonlySet<string> = new Set([
  'all',
  'any',
  'none',
  'local',
  'known',
  'unknown',
  'paranoid',
  'except',
  'everyone',
  'everybody',
  'world',
]);

/** Interfaces come and go: whatever is named is there. */
export const assumedInterfaces = {
  interfaceNumber: (name: string) => (/^[a-z][\w.:@-]*$/i.test(name) ? 1 : undefined),
  interfaceName: (number: number) => `#${number}`,
} satisfies Partial<HostTables>;

let standardTables: HostTables | undefined;

/** The tables of a plain system: names of services, protocols and RPC programs. */
export function standardNames(): HostTables {
  standardTables ??= tablesOf({
    services: standardServices(),
    protocols: standardProtocols(),
    rpc: standardRpcPrograms(),
  });
  return standardTables;
}

/**
 * A machine about which nothing is known: users and groups are there, host names resolve, and names of services that
 * are not in the standard tables have the port that the configuration gives them. So nothing is blamed on the
 * configuration that only its machine could tell.
 */
export function unknownHost(ports: ReadonlyMap<string, number> = new Map()): Host {
  return {
    hasFacts: false,
    tables: {
      servicePort: (name, protocol) =>
        standardNames().servicePort(name, protocol) ?? ports.get(name) ?? standardPort(name),
      protocolNumber: (name) => standardNames().protocolNumber(name),
      rpcNumber: (name) => standardNames().rpcNumber(name) ?? 0,
      network: () => undefined,
      hostAddresses: (name, family) =>
        isHostName(name) && !isReserved(name) ? assumedAddresses(family) : [],
      user: (name) => (isAccountName(name) ? { uid: accountId(name), gid: accountId(name) } : undefined),
      userName: () => undefined,
      group: (name) => (isAccountName(name) ? { gid: accountId(name) } : undefined),
      ...assumedInterfaces,
    },
  };
}

/** Tables with what is assumed of an unknown machine in place of those that are not there. */
export function withAssumptions(tables: HostTables, missing: ReadonlySet<string>): HostTables {
  const assumed = unknownHost().tables;
  return {
    ...tables,
    // Those of the machine that the tables are for are not in them.
    ...assumedInterfaces,
    ...(missing.has('services') ? { servicePort: assumed.servicePort } : {}),
    ...(missing.has('protocols') ? { protocolNumber: assumed.protocolNumber } : {}),
    ...(missing.has('rpc') ? { rpcNumber: assumed.rpcNumber } : {}),
    // Names that no file has may still be known to the name servers.
    ...(missing.has('hosts') ? { hostAddresses: assumed.hostAddresses } : {}),
    ...(missing.has('passwd') ? { user: assumed.user } : {}),
    ...(missing.has('group') ? { group: assumed.group } : {}),
  };
}

function standardPort(name: string): number | undefined {
  return standardNames().servicePort(name, 'tcp') ?? standardNames().servicePort(name, 'udp');
}

/** Could be a host name: no word of another language, no interface, no number, `0x7f000001` neither. */
export function isHostName(name: string): boolean {
  if (foreignWords.has(name.toLowerCase()) || isInterfaceName(name)) return false;
  if (parseInetAton(name) !== undefined) return false;
  return /^(?=.*[a-z])[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?$/i.test(name);
}

/** RFC 6761: no name below `invalid` ever resolves. */
function isReserved(name: string): boolean {
  return /(?:^|\.)invalid\.?$/i.test(name);
}

/** Documentation addresses of both families, so that nothing depends on the one that was made up. */
function assumedAddresses(family: 4 | 6 | undefined): readonly string[] {
  const all = ['2001:db8::1', '192.0.2.1'];
  if (family === undefined) return all;
  return all.filter((address) => address.includes(':') === (family === 6));
}

/**
 * What useradd(8) takes, and what other systems take: dots, a `$` at the end, `DOMAIN\user`, `user@realm`. Words for other
 * attributes are no names, and neither are those of system accounts in other letters: names of accounts are compared exactly.
 */
function isAccountName(name: string): boolean {
  if (/^(?:yes|no|true|false|on|off|none|unlimited)$/i.test(name)) return false;
  if (systemAccountMeant(name) !== undefined || isSystemPair(name)) return false;
  return /^[a-z_](?:[a-z0-9_.\\@-]*[a-z0-9_-])?\$?$/i.test(name);
}

/** `nobody.nogroup`, the form of inetd.conf. */
function isSystemPair(name: string): boolean {
  const [user = '', group = '', ...others] = name.split('.');
  return others.length === 0 && isSystemAccount(user) && isSystemGroup(group);
}

/** The system account or group that a name is in all but its capital letters. */
export function systemAccountMeant(name: string): string | undefined {
  const lower = lowerAscii(name);
  return lower !== name && (isSystemAccount(lower) || isSystemGroup(lower)) ? lower : undefined;
}

/** Of accounts that are not known only one number is: root's. */
function accountId(name: string): number {
  return name === 'root' ? 0 : 65534;
}
