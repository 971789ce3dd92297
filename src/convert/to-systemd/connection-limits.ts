import type { Setting } from '../../ast/unit-file.ts';
import type { PlaceReport } from '../diagnostic.ts';
import { since } from './releases.ts';
import { isAccepting, type UnitSource } from './unit-source.ts';

/** systemd stops at 64 by default, inetd and xinetd never; it wants a number and takes neither 0 nor `infinity`. */
const unlimited = 65536;

/** How many instances may run, in all and for one client. */
export function connectionLimits(
  { service }: UnitSource,
  systemdVersion: number,
  report: PlaceReport,
): readonly Setting[] {
  const { perSource } = service;
  if (!isAccepting(service)) {
    if (perSource !== null) {
      report.warning('per-source-lost', 'per_source has no effect without Accept=yes');
    }
    return [];
  }
  const settings: Setting[] = [
    ['MaxConnections', connectionMaximum(service.instances ?? service.maxChildren)],
  ];
  if (perSource === null) return settings;
  if (systemdVersion < since.maxConnectionsPerSource) {
    report.warning(
      'per-source-lost',
      `per_source ${perSource}: needs systemd ${since.maxConnectionsPerSource}`,
    );
    return settings;
  }
  return [...settings, ['MaxConnectionsPerSource', String(perSource)]];
}

export function connectionMaximum(limit: number | null): string {
  return String(limit ?? unlimited);
}
