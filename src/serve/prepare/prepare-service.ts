import type { ModelFiles } from '../../model/host-tables.ts';
import type { Service } from '../../model/service.ts';
import { checkOfAddresses } from '../admission/address-check.ts';
import { errnoText } from '../errno-text.ts';
import type { LogTargets } from '../log/log-targets.ts';
import type { ProgramLog } from '../log/program-log.ts';
import type { PreparedService } from '../prepared-service.ts';
import { readBanners } from './banners.ts';
import type { DaemonIdentity } from './daemon-identity.ts';
import { type EndpointHost, findEndpoints } from './endpoints.ts';
import { type Refusal, refuseFor } from './refusal.ts';
import { buildSpawnPlan } from './spawn-plan.ts';
import { findUnenforced, type HostRules } from './unenforced.ts';

/** What preparing needs to know of the host; all of it may wait for disk and network. */
export interface PreparationHost extends EndpointHost {
  readonly daemon: DaemonIdentity;
  readonly files: Pick<ModelFiles, 'read'>;
  readonly rules: HostRules;
  readonly logs: Pick<LogTargets, 'targetOf'>;
  readonly log: ProgramLog;
}

/** Services that can run as they are written, and why the others cannot. */
export interface Preparation {
  readonly prepared: readonly PreparedService[];
  readonly refusals: readonly Refusal[];
}

/** Works out everything that needs files, names or users, so that nothing has to be looked up once services run. */
export async function prepareServices(
  services: readonly Service[],
  host: PreparationHost,
): Promise<Preparation> {
  const prepared: PreparedService[] = [];
  const refusals: Refusal[] = [];
  for (const service of services) {
    const worked = workOut(service, host);
    if (Array.isArray(worked)) {
      refusals.push(...worked);
      continue;
    }
    mentionUnrecorded(service, host.log);
    try {
      const logTarget = await host.logs.targetOf(service);
      const banners = readBanners(service, host.files, host.log);
      const { plan, endpoints } = worked;
      prepared.push({ service, plan, endpoints, addresses: checkOfAddresses(service), banners, logTarget });
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const reason = `creation of ${service.id} log failed: ${code === undefined ? message : errnoText(code)}`;
      refusals.push(refuseFor(service, 'log_type', reason));
    }
  }
  return { prepared, refusals };
}

/** Where a service listens and what it starts, or every reason why that cannot be. */
function workOut(
  service: Service,
  host: PreparationHost,
): Pick<PreparedService, 'plan' | 'endpoints'> | Refusal[] {
  const unenforced = findUnenforced(service, host.rules);
  if (unenforced.length > 0) return unenforced;
  const plan = buildSpawnPlan(service, host.daemon, host.users);
  const endpoints = findEndpoints(service, host);
  if (!Array.isArray(plan) && Array.isArray(endpoints)) return { plan, endpoints };
  return [...(Array.isArray(plan) ? plan : []), ...(Array.isArray(endpoints) ? [] : [endpoints])];
}

/** USERID restricts nobody (that is IDONLY), so its absence is said and no more. */
function mentionUnrecorded({ id, logOnSuccess, logOnFailure }: Service, log: ProgramLog): void {
  if (logOnSuccess.includes('USERID') || logOnFailure.includes('USERID')) {
    log.write('NOTICE', `service ${id}: USERID is not recorded, clients cannot be identified (RFC 1413) yet`);
  }
}
