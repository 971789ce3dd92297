import type { Setting } from '../../ast/unit-file.ts';
import type { PlaceReport } from '../diagnostic.ts';
import { accessSettings } from './access-filter.ts';
import { connectionLimits } from './connection-limits.ts';
import { listenSettings } from './listen.ts';
import { rateLimits } from './rate-limits.ts';
import { isAccepting, type SystemdOptions, type UnitSource } from './unit-source.ts';

/** The [Socket] section. */
export function socketSettings(
  source: UnitSource,
  { systemdVersion }: SystemdOptions,
  report: PlaceReport,
): readonly Setting[] {
  return [
    ...listenSettings(source),
    ...(isAccepting(source.service) ? [['Accept', 'yes'] as const] : []),
    ...connectionLimits(source, systemdVersion, report),
    ...rateLimits(source, systemdVersion, report),
    ...accessSettings(source.service, report),
    ...socketOptions(source),
  ];
}

function socketOptions({ service }: UnitSource): readonly Setting[] {
  const { flags, receiveBuffer, sendBuffer } = service;
  const settings: Setting[] = [];
  if (service.socketType === 'stream' && flags.includes('KEEPALIVE')) settings.push(['KeepAlive', 'yes']);
  if (service.socketType === 'stream' && flags.includes('NODELAY')) settings.push(['NoDelay', 'yes']);
  if (isAccepting(service) && flags.includes('LABELED')) settings.push(['SELinuxContextFromNet', 'yes']);
  if (receiveBuffer !== null) settings.push(['ReceiveBuffer', bufferSize(receiveBuffer)]);
  if (sendBuffer !== null) settings.push(['SendBuffer', bufferSize(sendBuffer)]);
  return settings;
}

/** inetd.conf has `k` and `m`; systemd only takes them in upper case. */
function bufferSize(bytes: number): string {
  if (bytes > 0 && bytes % 1048576 === 0) return `${bytes / 1048576}M`;
  return bytes > 0 && bytes % 1024 === 0 ? `${bytes / 1024}K` : String(bytes);
}
