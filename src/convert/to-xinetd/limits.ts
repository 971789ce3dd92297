import type { PlaceReport } from '../diagnostic.ts';
import type { InetdDialect } from '../from-inetd/dialect-names.ts';
import type { InetdLimits, InetdService } from '../from-inetd/inetd-service.ts';

export interface Limits {
  readonly instances: string | null;
  readonly perSource: string | null;
  readonly cps: string | null;
}

/** inetd switches a service off for ten minutes when it is started too often. */
const pauseOfInetd = 600;

/** The limits of the wait field. */
export function limitsOf({ limits, wait }: InetdService, dialect: InetdDialect, report: PlaceReport): Limits {
  const cps = limits.perMinute === null ? null : `${limits.perMinute} ${pauseOfInetd}`;
  if (cps !== null) {
    // A rate a second, not a minute: it never trips where inetd would not have, N / 60 would after a few connections.
    report.warning(
      'rate-approx',
      `at most ${limits.perMinute} starts per minute became cps = ${cps} (per second); looser`,
    );
  }
  // Other daemons pass over FreeBSD's numbers, and FreeBSD itself does with `wait`, where one server runs at a time.
  if (wait || !dialectsWithLimits.has(dialect)) return { instances: null, perSource: null, cps };
  return { instances: instancesOf(limits, report), perSource: perSourceOf(limits, report), cps };
}

const dialectsWithLimits: ReadonlySet<InetdDialect> = new Set(['freebsd', 'netbsd']);

function instancesOf({ children }: InetdLimits, report: PlaceReport): string | null {
  if (children === null) return null;
  if (children === 0) return 'UNLIMITED';
  report.info(
    'limit-refuses',
    'inetd lets clients wait when its limit of servers is reached, xinetd closes the connection',
  );
  return String(children);
}

function perSourceOf(
  { perMinutePerSource, childrenPerSource }: InetdLimits,
  report: PlaceReport,
): string | null {
  if (perMinutePerSource !== null && perMinutePerSource !== 0) {
    report.warning(
      'per-ip-rate-lost',
      `${perMinutePerSource} connections per minute and address cannot be expressed`,
    );
  }
  return childrenPerSource === null || childrenPerSource === 0 ? null : String(childrenPerSource);
}
