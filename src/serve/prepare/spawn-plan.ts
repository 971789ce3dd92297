import type { Service } from '../../model/service.ts';
import type { SpawnPlan } from '../../native/spawn-types.ts';
import { bytesOf } from './bytes-of.ts';
import { findCredentials, type UserDatabase } from './credentials.ts';
import { type DaemonIdentity, isPrivileged } from './daemon-identity.ts';
import { buildEnvironment } from './environment.ts';
import { type Refusal, refuseFor } from './refusal.ts';
import { buildLimits } from './resource-limits.ts';

/** Everything about the servers of a service that is the same for each, or every reason why there can be none. */
export function buildSpawnPlan(
  service: Service,
  daemon: DaemonIdentity,
  users: UserDatabase,
): SpawnPlan | Refusal[] {
  const credentials = findCredentials(service, daemon, users);
  const limits = buildLimits(service, daemon);
  const refusals: Refusal[] = [];
  if ('reason' in credentials) refusals.push(credentials);
  if ('reason' in limits) refusals.push(limits);
  if (service.server === null) refusals.push(refuseFor(service, 'server', 'there is none'));
  else if (!service.server.startsWith('/')) {
    refusals.push(refuseFor(service, 'server', `${service.server} is no absolute path`));
  }
  if ((service.nice ?? 0) < 0 && !isPrivileged(daemon)) {
    refusals.push(refuseFor(service, 'nice', 'only root can give a server a higher priority'));
  }
  if (service.server === null || 'reason' in credentials || 'reason' in limits || refusals.length > 0) {
    return refusals;
  }
  return {
    path: bytesOf(service, 'server', service.server),
    argv: service.argv.map((word) => bytesOf(service, 'server_args', word)),
    env: buildEnvironment(service, daemon),
    cwd: '/',
    ...credentials,
    umask: service.umask ?? daemon.umask,
    nice: service.nice,
    limits,
    setsid: true,
  };
}
