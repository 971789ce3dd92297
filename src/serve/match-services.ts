import type { Service } from '../model/service.ts';
import { lowerAscii } from '../text/lower-ascii.ts';
import type { ActiveService } from './active-service.ts';
import type { PreparedService } from './prepared-service.ts';

/** A service of the new configuration and the running one that it continues, if any. */
export interface ServicePair {
  readonly current: ActiveService | null;
  readonly next: PreparedService;
}

export interface ServiceMatch {
  readonly pairs: readonly ServicePair[];
  /** Running services that nothing continues. */
  readonly dropped: ActiveService[];
}

/**
 * Finds for each new service the running one that it continues: the same id and the same way of serving. As in xinetd a service
 * whose port, protocol, socket type or wait changes is another one; everything else can change while it runs.
 */
export function matchServices(
  current: readonly ActiveService[],
  next: readonly PreparedService[],
): ServiceMatch {
  const left = new Map<string, ActiveService[]>();
  for (const active of current) {
    const key = identityOf(active.service);
    left.set(key, [...(left.get(key) ?? []), active]);
  }
  const pairs = next.map((prepared) => {
    if (left.size === 0) return { current: null, next: prepared };
    const match = left.get(identityOf(prepared.service))?.shift() ?? null;
    return { current: match, next: prepared };
  });
  return { pairs, dropped: [...left.values()].flat() };
}

function identityOf({ id, port, unixPath, protocol, socketType, wait }: Service): string {
  return JSON.stringify([lowerAscii(id), port, unixPath, protocol, socketType, wait]);
}
