import type { Setting } from '../../ast/unit-file.ts';
import { findBuiltInService } from '../../catalog/keywords.ts';
import { baseName } from '../../text/base-name.ts';
import type { Encoding } from '../../text/source-text.ts';
import { addressVersion } from '../address-version.ts';
import type { PlaceReport } from '../diagnostic.ts';
import { reportWrappedName } from '../wrapped-name.ts';
import { connectionMaximum } from './connection-limits.ts';
import { commandWord, execLine } from './exec-line.ts';
import { since } from './releases.ts';
import { isAccepting, type SystemdOptions, type UnitSource } from './unit-source.ts';

const proxyProgram = '/usr/lib/systemd/systemd-socket-proxyd';
const wrapperProgram = '/usr/sbin/tcpd';

/** Programs that do what a built-in stream service does; never for datagrams, which would serve to amplify attacks. */
const emulations: Readonly<Partial<Record<string, readonly [path: string, ...argv: string[]]>>> = {
  echo: ['/bin/cat', 'cat'],
  discard: ['/bin/sh', 'sh', '-c', 'exec cat >/dev/null'],
  daytime: ['/bin/date', 'date'],
};

/** The program for a built-in service, where there is one and it is wanted. */
export function emulationOf(
  { service }: UnitSource,
  { emulateInternal }: SystemdOptions,
): readonly string[] | undefined {
  const name = findBuiltInService(service.name)?.name ?? '';
  return emulateInternal && isAccepting(service) ? emulations[name] : undefined;
}

/** What systemd runs: banners first, then the server, or the proxy of a redirect. */
export function commandSettings(
  source: UnitSource,
  options: SystemdOptions,
  report: PlaceReport,
): readonly Setting[] {
  const { service } = source;
  const { encoding } = service.location.source;
  const [path = '', ...argv] = emulationOf(source, options) ?? serverOf(source, options);
  const command = service.redirect === null ? execLine(path, argv, encoding) : proxyLine(source, options);
  if (goesThroughTcpd(source, options)) reportWrappedName(service, report);
  return [...bannerSettings(source, encoding, report), ['ExecStart', command]];
}

function serverOf(source: UnitSource, options: SystemdOptions): readonly string[] {
  const { server, argv } = source.service;
  const path = server ?? '';
  return goesThroughTcpd(source, options) ? [wrapperProgram, path, ...argv.slice(1)] : [path, ...argv];
}

/** Whether tcpd is put in front of the server: where hosts.allow counted in the source and tcpd is not there already. */
function goesThroughTcpd({ service, format }: UnitSource, { tcpd }: SystemdOptions): boolean {
  const { server, flags } = service;
  if (!tcpd || server === null || format === 'inetd') return false;
  return baseName(server) !== 'tcpd' && !flags.includes('NOLIBWRAP');
}

function proxyLine({ service }: UnitSource, { systemdVersion }: SystemdOptions): string {
  const { host, port } = service.redirect ?? { host: '', port: 0 };
  const address = addressVersion(host) === 6 ? `[${host}]` : host;
  const target = commandWord(`${address}:${port}`, service.location.source.encoding);
  if (systemdVersion < since.proxyConnectionsMax) return `${proxyProgram} ${target}`;
  return `${proxyProgram} --connections-max=${connectionMaximum(service.instances)} ${target}`;
}

/** Standard output of ExecStartPre= is the connection, too. xinetd writes banners to connections alone. */
function bannerSettings(
  { service }: UnitSource,
  encoding: Encoding,
  report: PlaceReport,
): readonly Setting[] {
  const { banner, bannerSuccess, bannerFail } = service;
  if (bannerFail !== null) report.warning('banner-lost', `banner_fail ${bannerFail} cannot be expressed`);
  if (!isAccepting(service)) {
    if (service.redirect !== null && (banner ?? bannerSuccess) !== null) {
      report.warning('banner-lost', 'the proxy of a redirect shows no banner');
    }
    return [];
  }
  return [banner, bannerSuccess].flatMap((file): readonly Setting[] =>
    file === null ? [] : [['ExecStartPre', `-/bin/cat ${commandWord(file, encoding)}`]],
  );
}
