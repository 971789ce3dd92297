import type { Service } from '../../model/service.ts';
import { addressVersion } from '../address-version.ts';
import { refusedForAll } from '../closed-to-all.ts';
import type { ConversionCode } from '../codes.ts';
import { accessRefusal } from './access-filter.ts';
import { isProgramPath } from './exec-line.ts';
import { emulationOf } from './server-command.ts';
import type { SystemdOptions, UnitSource } from './unit-source.ts';

/** Why no units can be written for a service. */
export interface Refusal {
  readonly code: ConversionCode;
  readonly text: string;
}

/** The first reason for which a service cannot become units; null when it can. */
export function refusalOf(source: UnitSource, options: SystemdOptions): Refusal | null {
  return (
    kindRefusal(source, options) ??
    socketRefusal(source) ??
    accessRefusal(source.service, options.systemdVersion) ??
    (emulationOf(source, options) === undefined ? programRefusal(source) : null) ??
    accountRefusal(source.service)
  );
}

function kindRefusal(source: UnitSource, options: SystemdOptions): Refusal | null {
  const { service } = source;
  const types = new Set(service.types);
  if (service.flags.includes('SENSOR')) {
    return refusal('sensor', 'SENSOR has no counterpart; nothing is written, a firewall can do this');
  }
  if (types.has('TCPMUX') || types.has('TCPMUXPLUS')) {
    return refusal('tcpmux', 'no TCPMUX in systemd; nothing is written');
  }
  if (types.has('RPC')) {
    return refusal('rpc', 'systemd does not register RPC programs; nothing is written');
  }
  if (types.has('INTERNAL') && emulationOf(source, options) === undefined) {
    return refusal('internal', `internal service ${service.name} has no counterpart; nothing is written`);
  }
  const closed = refusedForAll(service);
  return closed === null ? null : refusal(closed.code, `${closed.text}; nothing is written`);
}

function socketRefusal({ service, binds }: UnitSource): Refusal | null {
  const { socketType, protocol, unixPath } = service;
  if (unixPath !== null) {
    const isFine = /^\/[^\x00-\x1F\x7F]*[^\x00-\x1F\x7F\\]$/.test(unixPath) && unixPath.length < 108;
    return isFine ? null : refusal('socket-path', `systemd cannot listen on ${unixPath}`);
  }
  if (socketType !== 'stream' && socketType !== 'dgram') {
    return refusal('socket-type', `socket type ${socketType} is not for ports; nothing is written`);
  }
  const protocols = socketType === 'stream' ? ['tcp', 'sctp'] : ['udp'];
  if (!protocols.includes(protocol)) {
    return refusal('protocol', `${socketType} over ${protocol} cannot be expressed; nothing is written`);
  }
  if (service.port === null || service.port === 0) {
    return refusal('port', `the port of ${service.name}/${protocol} is not known; nothing is written`);
  }
  const name = binds.find((address) => addressVersion(address) === null);
  return name === undefined
    ? null
    : refusal('bind-name', `systemd cannot listen on the host name ${name}; nothing is written`);
}

function programRefusal({ service }: UnitSource): Refusal | null {
  const { server, redirect } = service;
  if (redirect !== null || (server !== null && isProgramPath(server))) return null;
  return refusal('server-path', `systemd cannot start ${server ?? 'no program'}; nothing is written`);
}

/** systemd refuses these names when the service is started. */
function accountRefusal({ user, group }: Service): Refusal | null {
  const bad = [user, group].find((account) => account !== null && !isAccountName(account.name));
  return bad == null ? null : refusal('account-name', `systemd takes no account named ${bad.name}`);
}

function isAccountName(name: string): boolean {
  if (/^\d+$/.test(name)) return Number(name) < 0xffff_ffff && Number(name) !== 0xffff;
  return /^[^\s:/\x00-\x20\x7F][^:/\x00-\x1F\x7F]*(?<![\s\\])$/.test(name) && name !== '.' && name !== '..';
}

function refusal(code: ConversionCode, text: string): Refusal {
  return { code, text };
}
