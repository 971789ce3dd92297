import type { Setting } from '../../ast/unit-file.ts';
import type { Service } from '../../model/service.ts';
import { addressVersion } from '../address-version.ts';
import { withoutSpecifiers } from './exec-line.ts';
import type { UnitSource } from './unit-source.ts';

/** Where the socket listens. The service has a port or a path: others are refused before. */
export function listenSettings(source: UnitSource): readonly Setting[] {
  const { service, binds } = source;
  if (service.unixPath !== null) return unixSettings(service, service.unixPath);
  const key = service.socketType === 'dgram' ? 'ListenDatagram' : 'ListenStream';
  const port = String(service.port);
  const protocol: readonly Setting[] = service.protocol === 'sctp' ? [['SocketProtocol', 'sctp']] : [];
  if (binds.length > 0) {
    return [
      ...binds.map((address): Setting => [key, addressAndPort(address, port)]),
      ...(binds.includes('::') ? [ipVersions(service)] : []),
      // Sockets are made before the network is up.
      ...(binds.every(isLoopback) ? [] : [['FreeBind', 'yes'] as const]),
      ...protocol,
    ];
  }
  if (service.family === 'IPv4') return [[key, `0.0.0.0:${port}`], ...protocol];
  return [[key, port], ipVersions(service), ...protocol];
}

/** xinetd sets or clears IPV6_V6ONLY itself, so this is not left to the system's default either. */
function ipVersions({ v6only }: Service): Setting {
  return ['BindIPv6Only', v6only ? 'ipv6-only' : 'both'];
}

/** A zone stands behind the port: `[fe80::1]:80%eth0`. */
function addressAndPort(address: string, port: string): string {
  if (addressVersion(address) === 4) return `${address}:${port}`;
  const [host = '', zone] = address.split('%');
  return withoutSpecifiers(`[${host}]:${port}${zone === undefined ? '' : `%${zone}`}`);
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

function unixSettings({ socketType, unixOwner }: Service, path: string): readonly Setting[] {
  const keys = { dgram: 'ListenDatagram', seqpacket: 'ListenSequentialPacket' } as const;
  const key = socketType === 'dgram' || socketType === 'seqpacket' ? keys[socketType] : 'ListenStream';
  const settings: Setting[] = [[key, withoutSpecifiers(path)]];
  if (unixOwner?.user != null) settings.push(['SocketUser', withoutSpecifiers(unixOwner.user)]);
  if (unixOwner?.group != null) settings.push(['SocketGroup', withoutSpecifiers(unixOwner.group)]);
  if (unixOwner?.mode != null) settings.push(['SocketMode', octal(unixOwner.mode)]);
  return settings;
}

export function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
