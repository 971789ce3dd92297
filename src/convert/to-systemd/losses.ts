import { baseName } from '../../text/base-name.ts';
import { reportBindFamily } from '../bind-family.ts';
import { reportDenyTime } from '../deny-time.ts';
import type { PlaceReport } from '../diagnostic.ts';
import { isGiven, type SystemdOptions, sourceWords, type UnitSource } from './unit-source.ts';

/** Reports what units cannot say and the settings do not report themselves. */
export function reportLosses(source: UnitSource, options: SystemdOptions, report: PlaceReport): void {
  reportAccessLosses(source, report);
  if (source.format === 'inetd') reportInetdLosses(source, report);
  else reportXinetdLosses(source, options, report);
}

function reportAccessLosses({ service }: UnitSource, report: PlaceReport): void {
  if (service.accessTimes !== null) {
    const times = sourceWords(service, 'access_times').slice(2).join(' ');
    report.error(
      'access-times',
      `access_times ${times} cannot be expressed; the units are written without it`,
    );
  }
  if (service.flags.includes('IDONLY')) {
    report.error('idonly', 'IDONLY cannot be expressed: clients without an ident answer are served');
  }
  if (service.maxLoad !== null)
    report.warning('max-load-lost', `max_load ${service.maxLoad}: systemd looks at no load`);
}

function reportXinetdLosses({ service }: UnitSource, options: SystemdOptions, report: PlaceReport): void {
  const { user, flags } = service;
  reportBindFamily(service, report);
  if (flags.includes('INTERCEPT')) report.warning('intercept-lost', 'INTERCEPT cannot be expressed');
  if (service.libwrap !== null) {
    report.warning('libwrap-name', `libwrap = ${service.libwrap}: systemd consults no hosts.allow`);
  }
  if (user !== null && user.name !== 'root' && user.id !== 0 && !service.groups) {
    report.info('groups-added', `groups = no: systemd always sets the supplementary groups of ${user.name}`);
  }
  reportDenyTime(service, report);
  if (!flags.includes('NOLIBWRAP') && !options.tcpd) reportLibwrap(options, report);
  if (service.server !== null && options.isScript(service.server)) {
    report.info(
      'remote-host',
      'a script finds the client in REMOTE_ADDR and REMOTE_PORT, not in REMOTE_HOST',
    );
  }
  if (isGiven(service, 'v6only') && sourceWords(service, 'v6only').at(-1)?.toLowerCase() === 'no') {
    report.info('v6only-no', 'v6only = no is taken as documented; xinetd 2.3.15.3 reads it as yes');
  }
}

function reportLibwrap({ hasHostsRules }: SystemdOptions, report: PlaceReport): void {
  const text = 'hosts.allow and hosts.deny are no longer consulted';
  if (hasHostsRules) report.warning('libwrap', `${text}, and they hold rules`);
  else report.info('libwrap', text);
}

function reportInetdLosses({ service }: UnitSource, report: PlaceReport): void {
  if (service.maxPerMinutePerSource !== null) {
    report.warning(
      'per-ip-rate-lost',
      `${service.maxPerMinutePerSource} connections per minute and address cannot be expressed`,
    );
  }
  if (baseName(service.server ?? '') === 'tcpd') {
    report.warning(
      'tcpd-kept',
      'tcpd must be installed on the target; RHEL 8 and later have no tcp_wrappers',
    );
  }
}
