import type { Setting } from '../../ast/unit-file.ts';
import type { Service } from '../../model/service.ts';
import type { PlaceReport } from '../diagnostic.ts';
import { since } from './releases.ts';
import { isAccepting, isGiven, type UnitSource } from './unit-source.ts';

/** xinetd's own limit where an entry sets none. */
const usualRate = 50;

/** How many starts in how many seconds. */
interface Rate {
  readonly burst: number;
  readonly seconds: 1 | 60;
  /** As the source says it. */
  readonly words: string;
}

/**
 * A trigger limit puts a socket into a failed state until somebody restarts it, while inetd and xinetd only pause. So it is
 * switched off wherever another guard exists: MaxConnections with Accept=yes, PollLimit since systemd 255. Without both, a
 * server that dies without reading its socket would be started again in a tight loop.
 */
export function rateLimits(
  { service }: UnitSource,
  systemdVersion: number,
  report: PlaceReport,
): readonly Setting[] {
  const rate = givenRate(service);
  const hasPollLimit = systemdVersion >= since.pollLimit;
  if (hasPollLimit || isAccepting(service)) {
    return [...triggerLimit(systemdVersion, '0', null), ...pollLimit(rate, hasPollLimit, report)];
  }
  const burst = rate?.burst ?? usualRate;
  if (burst === 0) return triggerLimit(systemdVersion, '0', null);
  const seconds = rate?.seconds ?? 1;
  report.warning(
    'rate-permanent',
    `more than ${burst} starts ${seconds === 1 ? 'per second' : 'per minute'} stop the socket until it is restarted by hand (before systemd 255 there is no temporary limit)`,
  );
  return triggerLimit(systemdVersion, `${seconds}s`, burst);
}

function givenRate(service: Service): Rate | null {
  const { cps, maxPerMinute } = service;
  if (maxPerMinute !== null) {
    return { burst: maxPerMinute, seconds: 60, words: `${maxPerMinute} starts per minute` };
  }
  if (!isGiven(service, 'cps')) return null;
  if (cps === null || cps.rate === 0) return { burst: 0, seconds: 1, words: 'no limit' };
  return { burst: cps.rate, seconds: 1, words: `cps ${cps.rate} ${cps.pause}` };
}

function triggerLimit(systemdVersion: number, interval: string, burst: number | null): readonly Setting[] {
  if (systemdVersion < since.triggerLimit) return [];
  const settings: Setting[] = [['TriggerLimitIntervalSec', interval]];
  return burst === null ? settings : [...settings, ['TriggerLimitBurst', String(burst)]];
}

function pollLimit(rate: Rate | null, hasPollLimit: boolean, report: PlaceReport): readonly Setting[] {
  if (rate === null) return [];
  if (rate.burst === 0) return hasPollLimit ? [['PollLimitIntervalSec', '0']] : [];
  if (!hasPollLimit) {
    report.warning('cps-lost', `${rate.words}: needs PollLimitBurst= of systemd ${since.pollLimit}`);
    return [];
  }
  report.warning('cps-approx', `${rate.words}: what exceeds it waits in the queue, without a pause`);
  return [
    ['PollLimitIntervalSec', `${rate.seconds}s`],
    ['PollLimitBurst', String(rate.burst)],
  ];
}
