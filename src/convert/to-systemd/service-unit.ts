import type { Setting } from '../../ast/unit-file.ts';
import type { ByteCount, ResourceLimit, Service } from '../../model/service.ts';
import type { PlaceReport } from '../diagnostic.ts';
import { environmentWord, withoutSpecifiers } from './exec-line.ts';
import { octal } from './listen.ts';
import { since } from './releases.ts';
import { commandSettings } from './server-command.ts';
import { isAccepting, isGiven, type SystemdOptions, sourceWords, type UnitSource } from './unit-source.ts';

/** The [Service] section. */
export function serviceSettings(
  source: UnitSource,
  options: SystemdOptions,
  report: PlaceReport,
): readonly Setting[] {
  const { service } = source;
  return [
    ...commandSettings(source, options, report),
    ...credentials(service, report),
    ...(service.redirect === null ? standardStreams(options) : []),
    // inetd never kills what a server leaves behind; tftpd, talkd and others fork.
    ['KillMode', 'process'],
    ...startLimitOfOldReleases(service, options),
    ...journalSettings(service, options, report),
    ...scheduling(service),
    ...resourceLimits(service),
    ...environment(service, report),
  ];
}

/** The settings of its [Unit] section behind the description. */
export function serviceUnitSettings(
  { service }: UnitSource,
  { systemdVersion }: SystemdOptions,
  socketName: string,
): readonly Setting[] {
  if (isAccepting(service)) {
    // Failed instances would pile up, and count for MaxConnectionsPerSource.
    return systemdVersion < since.collectMode ? [] : [['CollectMode', 'inactive-or-failed']];
  }
  // Five starts in ten seconds are normal for a server that handles one datagram.
  const startLimit: readonly Setting[] =
    systemdVersion < since.startLimitInUnit ? [] : [['StartLimitIntervalSec', '0']];
  return [['Requires', socketName], ...startLimit];
}

function startLimitOfOldReleases(service: Service, { systemdVersion }: SystemdOptions): readonly Setting[] {
  const isNeeded = !isAccepting(service) && systemdVersion < since.startLimitInUnit;
  return isNeeded ? [['StartLimitInterval', '0']] : [];
}

function credentials({ user, group }: Service, report: PlaceReport): readonly Setting[] {
  const settings: Setting[] = [];
  const isNumeric = user !== null && /^\d+$/.test(user.name);
  if (user !== null && user.name !== 'root' && user.name !== '0') {
    settings.push(['User', withoutSpecifiers(user.name)]);
  }
  // xinetd takes a user id as the group id, too, without asking the user table.
  const groupName = group?.name ?? (isNumeric && user.name !== '0' ? user.name : undefined);
  if (groupName !== undefined) settings.push(['Group', withoutSpecifiers(groupName)]);
  if (user?.name === 'nobody') {
    report.warning('user-nobody', 'systemd warns that nobody is not a safe service user');
  }
  return settings;
}

function standardStreams({ stderr }: SystemdOptions): readonly Setting[] {
  return [
    ['StandardInput', 'socket'],
    ['StandardOutput', 'socket'],
    ['StandardError', stderr],
  ];
}

function journalSettings(
  { logType }: Service,
  { stderr }: SystemdOptions,
  report: PlaceReport,
): readonly Setting[] {
  if (logType === null) return [];
  report.info('log', `the journal of the manager replaces log_type ${logText(logType)}`);
  if (logType.kind !== 'syslog' || stderr !== 'journal') return [];
  return [
    ['SyslogFacility', logType.facility],
    ['SyslogLevel', logType.level],
  ];
}

function logText(logType: NonNullable<Service['logType']>): string {
  switch (logType.kind) {
    case 'syslog':
      return `SYSLOG ${logType.facility} ${logType.level}`;
    case 'file':
      return `FILE ${logType.path}`;
    case 'common':
      return 'FILE of the defaults';
  }
}

function scheduling({ nice, umask }: Service): readonly Setting[] {
  const settings: Setting[] = [];
  if (nice !== null) settings.push(['Nice', String(Math.max(-20, Math.min(19, nice)))]);
  if (umask !== null) settings.push(['UMask', octal(umask)]);
  return settings;
}

const limitSettings: readonly (readonly [ResourceLimit, string])[] = [
  ['as', 'LimitAS'],
  ['cpu', 'LimitCPU'],
  ['data', 'LimitDATA'],
  ['files', 'LimitNOFILE'],
  ['rss', 'LimitRSS'],
  ['stack', 'LimitSTACK'],
];

function resourceLimits(service: Service): readonly Setting[] {
  return limitSettings.flatMap(([resource, key]): readonly Setting[] => {
    const limit = service.rlimits[resource];
    // To xinetd 0 is "not set".
    if (limit === undefined || limit === 0) return [];
    return [[key, limit === 'unlimited' ? 'infinity' : limitText(service, resource, limit)]];
  });
}

/**
 * As the source writes a size: `8M` reads better than 8388608. systemd takes the unit in upper case only, and none with a
 * number of files or seconds.
 */
function limitText(service: Service, resource: ResourceLimit, limit: ByteCount): string {
  if (resource === 'cpu' || resource === 'files') return String(limit);
  const written = sourceWords(service, `rlimit_${resource}`).at(-1) ?? '';
  return /^[1-9]\d*[km]$/i.test(written) ? written.toUpperCase() : String(limit);
}

function environment(service: Service, report: PlaceReport): readonly Setting[] {
  const { encoding } = service.location.source;
  const settings: Setting[] = [];
  for (const assignment of service.env) {
    if (isAssignment(assignment, encoding === 'utf8')) {
      settings.push(['Environment', environmentWord(assignment, encoding)]);
    } else report.warning('env-lost', `systemd takes no variable like ${assignment}`);
  }
  if (service.passenv !== null && isGiven(service, 'passenv')) {
    report.info('passenv', 'the values of passenv come from the environment of the service manager');
    if (service.passenv.length > 0) settings.push(['PassEnvironment', service.passenv.join(' ')]);
  }
  return settings;
}

function isAssignment(assignment: string, isUtf8: boolean): boolean {
  if (!/^[A-Za-z_][A-Za-z0-9_]*=[^\x00-\x08\x0B-\x1F\x7F]*$/.test(assignment)) return false;
  return isUtf8 || /^[\x00-\x7F]*$/.test(assignment);
}
