import type { ResourceLimit as AttributeLimit, Service } from '../../model/service.ts';
import type { ResourceName, SpawnPlan } from '../../native/spawn-types.ts';
import { type DaemonIdentity, isPrivileged } from './daemon-identity.ts';
import { type Refusal, refuseFor } from './refusal.ts';

/** In the order in which xinetd sets them. */
const resources: readonly (readonly [attribute: AttributeLimit, resource: ResourceName])[] = [
  ['files', 'nofile'],
  ['as', 'as'],
  ['cpu', 'cpu'],
  ['data', 'data'],
  ['rss', 'rss'],
  ['stack', 'stack'],
];

/** rlimit_* of a service, soft and hard alike. The number of files goes back to what it was before the daemon raised it. */
export function buildLimits(service: Service, daemon: DaemonIdentity): SpawnPlan['limits'] | Refusal {
  const limits: SpawnPlan['limits'][number][] = [];
  for (const [attribute, resource] of resources) {
    const value = service.rlimits[attribute];
    if (value === undefined || value === null) {
      if (resource !== 'nofile') continue;
      const { soft, hard } = daemon.limits(resource);
      limits.push({ resource, soft, hard });
      continue;
    }
    const { hard } = daemon.limits(resource);
    const asked = value === 'unlimited' ? Number.POSITIVE_INFINITY : Number(value);
    // Nobody gets more files than the kernel has for one process, not even root: the daemon's own limit then, as in xinetd.
    const wanted = resource === 'nofile' && asked > daemon.mostFiles ? hard : asked;
    if (!isPrivileged(daemon) && wanted > hard) {
      return refuseFor(service, `rlimit_${attribute}`, `only root can raise it above ${hard}`);
    }
    limits.push({ resource, soft: wanted, hard: wanted });
  }
  return limits;
}
