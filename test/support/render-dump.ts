import { formatIpv4, ipv4Mask } from '../../src/model/addresses/ipv4.ts';
import { formatIpv6, ipv6Mask } from '../../src/model/addresses/ipv6.ts';
import { lateNote } from '../../src/model/defaults.ts';
import type { AccessItem, AddressPattern, ByteCount, Service } from '../../src/model/service.ts';

/** What the dump shows of the host: names of addresses and the daemon's environment. */
export interface DumpHost {
  /** Reverse look-up of a numeric address. */
  hostName(address: string): string | undefined;
  readonly environment: ReadonlyMap<string, string>;
}

/** The settings lines of the state dump of xinetd for a service, behind those that every entry has (runtime 4). */
export function renderDumpLines(service: Service, host: DumpHost): readonly string[] {
  const lines: string[] = [];
  const isOwn = (attribute: string) =>
    service.origins.get(attribute)?.some((origin) => origin.from === 'entry') ?? false;
  if (isOwn('instances')) lines.push(`Instances = ${service.instances ?? 'UNLIMITED'}`);
  if (service.user !== null) lines.push(`user = ${asInt(service.user.id)}`);
  if (service.group !== null) lines.push(`group = ${asInt(service.group.id)}`);
  lines.push(`Groups = ${service.groups ? 'yes' : 'no'}`);
  if (service.umask !== null) lines.push(`umask = ${service.umask.toString(8)}`);
  if (service.nice !== null) lines.push(`Nice = ${service.nice}`);
  if (isOwn('cps')) lines.push(`CPS = max conn:${service.cps?.rate ?? 0} wait:${service.cps?.pause ?? 0}`);
  lines.push(`PER_SOURCE = ${service.perSource ?? -1}`);
  lines.push(`Bind = ${bindText(service, host)}`);
  const isInternal = service.types.includes('INTERNAL');
  if (!isInternal && service.redirect === null && service.server !== null) {
    lines.push(`Server = ${service.server}`, `Server argv = ${service.argv.join(' ')}`.replace(/ +$/, ''));
  }
  if (service.libwrap !== null) lines.push(`Libwrap = ${service.libwrap}`);
  if (service.redirect !== null) {
    const address = service.redirectAddress ?? '';
    lines.push(`Redirect = ${host.hostName(address) ?? address}:${service.redirect.port}`);
  }
  if (service.rpc !== null) {
    lines.push(
      'RPC data',
      `program number = ${service.rpc.number ?? 0}`,
      `rpc_version = ${rpcVersions(service.rpc)}`,
    );
  }
  if (service.accessTimes !== null && service.origins.get('access_times') !== undefined) {
    lines.push(
      `Access times = ${service.accessTimes.map(({ start, end }) => `${time(start)}-${time(end)}`).join(' ')}`,
    );
  }
  lines.push(
    `Only from: ${items(service.onlyFrom, 'All sites')}`,
    `No access: ${items(service.noAccess, 'No blocked sites')}`,
  );
  if (service.flags.includes('SENSOR')) lines.push(`Deny Time: ${service.denyTime}`);
  lines.push(...logLines(service), ...environmentLines(service, host));
  return lines;
}

function bindText(service: Service, host: DumpHost): string {
  const { bindAddress } = service;
  return bindAddress === null ? 'All addresses.' : (host.hostName(bindAddress) ?? bindAddress);
}

function rpcVersions({ low, high }: { low: number; high: number }): string {
  return low === high ? String(low) : `${low}-${high}`;
}

function time(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function items(list: readonly AccessItem[] | null, none: string): string {
  if (list === null || list.length === 0) return none;
  return ` ${list.map(({ pattern }) => patternText(pattern)).join(' ')}`;
}

function patternText(pattern: AddressPattern): string {
  if (pattern.kind === 'host' || pattern.kind === 'domain') return `${pattern.text}(HOST)`;
  const address = addressText(pattern.bytes);
  if (pattern.kind === 'address' || !pattern.text.includes('/')) return `${address}(NUMERIC)`;
  const mask =
    pattern.version === 4 ? formatIpv4(ipv4Mask(pattern.prefix)) : formatIpv6(ipv6Mask(pattern.prefix));
  return `${address}/${mask}(NET)`;
}

function addressText(bytes: Uint8Array): string {
  return bytes.length === 4 ? bytes.join('.') : formatIpv6(bytes);
}

function logLines(service: Service): readonly string[] {
  const { logType } = service;
  if (logType === null) return ['No logging'];
  const lines = [logDestination(logType)];
  lines.push(`Log_on_success flags = ${service.logOnSuccess.join(' ')}`.replace(/ +$/, ''));
  lines.push(`Log_on_failure flags = ${service.logOnFailure.join(' ')}`.replace(/ +$/, ''));
  return lines;
}

/** The dump shows sizes and accounts with `%d`. */
function asInt(value: ByteCount): number {
  return Number(BigInt.asIntN(32, BigInt(value)));
}

function logDestination(logType: NonNullable<Service['logType']>): string {
  switch (logType.kind) {
    case 'common':
      return 'Logging to common log file';
    case 'syslog':
      return `Logging to syslog. Facility = ${logType.facility}, level = ${logType.level}`;
    case 'file':
      return logType.soft === null
        ? `Logging to file: ${logType.path} (no limits)`
        : `Logging to file: ${logType.path} (soft=${asInt(logType.soft)} hard=${asInt(logType.hard ?? 0)})`;
  }
}

/** The strings are shown where the entry itself says something about the environment. */
function environmentLines(service: Service, host: DumpHost): readonly string[] {
  const lines: string[] = [];
  const hasEnv = service.origins.get('env') !== undefined;
  const ownPassenv = service.origins.get('passenv')?.some((origin) => origin.from === 'entry') === true;
  const isLate = service.origins.get('passenv')?.some((origin) => origin.note === lateNote) === true;
  if (service.passenv !== null && !isLate)
    lines.push(`Passenv = ${service.passenv.join(' ')}`.replace(/ +$/, ''));
  if (hasEnv) lines.push('Environment additions:', ...service.env);
  if (!hasEnv && !ownPassenv) return lines;
  const names = service.passenv ?? [...host.environment.keys()];
  const strings = new Map(names.map((name) => [name, `${name}=${host.environment.get(name) ?? ''}`]));
  for (const word of service.env) strings.set(word.slice(0, word.indexOf('=')), word);
  lines.push('Environment strings:', ...strings.values());
  return lines;
}
