import { Admission, type AdmissionContext } from './admission/admission.ts';
import type { Clock } from './clock.ts';
import { createServiceLog, type ServiceLog, silentServiceLog } from './log/service-log.ts';
import type { PreparedService } from './prepared-service.ts';

/** What a configuration says about a service, ready for use. */
export interface ServiceSettings {
  readonly prepared: PreparedService;
  readonly admission: Admission;
  readonly log: ServiceLog;
}

export function compileSettings(
  prepared: PreparedService,
  { admission, clock }: { readonly admission: AdmissionContext; readonly clock: Clock },
): ServiceSettings {
  const { service, addresses, logTarget } = prepared;
  return {
    prepared,
    admission: new Admission(service, addresses, admission),
    log: logTarget === null ? silentServiceLog : createServiceLog(service, logTarget, clock),
  };
}
