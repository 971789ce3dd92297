import type { Service } from '../model/service.ts';
import type { PlaceReport } from './diagnostic.ts';

/** deny_time keeps out who has touched a sensor; the sensors themselves are refused where services are. */
export function reportDenyTime({ denyTime, origins }: Service, report: PlaceReport): void {
  const isGiven = (origins.get('deny_time') ?? []).some(
    ({ from }) => from === 'entry' || from === 'defaults',
  );
  if (!isGiven) return;
  report.error('sensor', `deny_time ${denyTime} has no counterpart; a firewall can do this`);
}
