import { Admission, type AdmissionContext } from './admission/admission.ts';
import { StartRates } from './admission/start-rates.ts';
import type { Clock } from './clock.ts';
import { createServiceLog, type ServiceLog, silentServiceLog } from './log/service-log.ts';
import type { PreparedService } from './prepared-service.ts';

/** What a configuration says about a service, ready for use. */
export interface ServiceSettings {
  readonly prepared: PreparedService;
  readonly rates: StartRates;
  readonly admission: Admission;
  readonly log: ServiceLog;
}

/** @param before the rates of the settings that these replace, null where there are none */
export function compileSettings(
  prepared: PreparedService,
  before: StartRates | null,
  { admission, clock }: { readonly admission: AdmissionContext; readonly clock: Clock },
): ServiceSettings {
  const { service, addresses, logTarget } = prepared;
  const rates = before?.continuedFor(service) ?? new StartRates(service);
  return {
    prepared,
    rates,
    admission: new Admission(service, addresses, rates, admission),
    log: logTarget === null ? silentServiceLog : createServiceLog(service, logTarget, clock),
  };
}
