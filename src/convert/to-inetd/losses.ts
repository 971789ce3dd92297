import type { Service } from '../../model/service.ts';
import { reportBindFamily } from '../bind-family.ts';
import type { ConversionCode } from '../codes.ts';
import { reportDenyTime } from '../deny-time.ts';
import type { PlaceReport } from '../diagnostic.ts';
import { reportWrappedName } from '../wrapped-name.ts';
import type { DialectForms } from './dialect-forms.ts';
import { reachOf } from './service-field.ts';

/** Flags that have no field in inetd.conf, and what losing them is. */
const lostFlags: Readonly<Record<string, readonly ['W' | 'I', code: ConversionCode]>> = {
  KEEPALIVE: ['W', 'keepalive-lost'],
  NODELAY: ['W', 'nodelay-lost'],
  INTERCEPT: ['W', 'intercept-lost'],
  LABELED: ['W', 'labeled-lost'],
  NORETRY: ['I', 'noretry'],
  REUSE: ['I', 'reuse'],
};

/** Reports what a line of inetd.conf cannot say. `isWrapped`: tcpd asks hosts.allow and hosts.deny. */
export function reportLosses(
  service: Service,
  forms: DialectForms,
  isWrapped: boolean,
  report: PlaceReport,
): void {
  reportRestrictions(service, isWrapped, report);
  reportProcessSettings(service, report);
  for (const flag of service.flags) {
    const [level, code] = lostFlags[flag] ?? [];
    if (code === undefined) continue;
    if (level === 'W') report.warning(code, `flag ${flag} has no counterpart`);
    else report.info(code, `flag ${flag} has no counterpart and needs none`);
  }
  reportBindFamily(service, report);
  if (isWrapped) reportWrappedName(service, report);
  if (!forms.hasV6Only && service.bind === null && reachOf(service) === 'IPv6') {
    report.warning('v6only-lost', 'this inetd takes IPv4 clients on IPv6 sockets');
  }
  if (service.group !== null && !forms.hasGroups) {
    report.warning('group-lost', `group ${service.group.name}: this inetd has no group in its user field`);
  }
}

function reportRestrictions(service: Service, isWrapped: boolean, report: PlaceReport): void {
  const { onlyFrom, noAccess, accessTimes, flags, types } = service;
  if ((onlyFrom !== null || (noAccess ?? []).length > 0) && !isWrapped) {
    report.error('access-lost', 'only_from and no_access have no field; --tcpd puts them into hosts.allow');
  }
  if (accessTimes !== null) report.error('access-times', 'access_times have no field');
  if (flags.includes('IDONLY')) report.error('idonly', 'clients without an ident answer are served');
  reportDenyTime(service, report);
  if (service.maxLoad !== null)
    report.warning('max-load-lost', `max_load ${service.maxLoad}: inetd looks at no load`);
  if (!isWrapped && !flags.includes('NOLIBWRAP') && !types.includes('INTERNAL')) {
    report.warning('libwrap-lost', 'hosts.allow and hosts.deny are not consulted by plain inetd');
  }
}

function reportProcessSettings(service: Service, report: PlaceReport): void {
  const { user, groups, types, nice, umask } = service;
  const isExternal = !types.includes('INTERNAL');
  if (isExternal && !groups && user !== null && user.id !== 0) {
    report.info('groups-added', `groups = no: inetd always sets the supplementary groups of ${user.name}`);
  }
  if (nice !== null) report.warning('nice-lost', `nice ${nice}; start the server with nice(1)`);
  if (umask !== null)
    report.warning('umask-lost', `umask ${umask.toString(8).padStart(3, '0')}; set it in a wrapper script`);
  if (service.env.length > 0) {
    report.warning('env-lost', `env ${service.env.join(' ')}; start the server with env(1)`);
  }
  if (service.passenv !== null)
    report.warning(
      'passenv-lost',
      `passenv ${service.passenv.join(' ')}: inetd hands its whole environment down`,
    );
  for (const [resource, limit] of Object.entries(service.rlimits)) {
    report.warning('rlimit-lost', `rlimit_${resource} ${limit}; set it in a wrapper script`);
  }
  const banners = [service.banner, service.bannerSuccess, service.bannerFail];
  for (const banner of banners) {
    if (banner !== null) report.warning('banner-lost', `banner ${banner}: inetd shows none`);
  }
  const { logType, logOnSuccess, logOnFailure } = service;
  if (logType !== null || logOnSuccess.length > 0 || logOnFailure.length > 0) {
    report.info('log', 'inetd writes no service log');
  }
}
