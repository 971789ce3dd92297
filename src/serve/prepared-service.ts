import type { Service } from '../model/service.ts';
import type { SpawnPlan } from '../native/spawn-types.ts';
import type { AddressCheck } from './admission/address-check.ts';
import type { Endpoint } from './listener/endpoint.ts';
import type { ServiceLogTarget } from './log/service-log.ts';

/** Texts of the banner attributes, read at load time. */
export interface Banners {
  readonly always: Buffer | null;
  readonly success: Buffer | null;
  readonly failure: Buffer | null;
}

/** A service with everything worked out that needs files, names or users: what is left is to serve it. */
export interface PreparedService {
  readonly service: Service;
  readonly endpoints: readonly Endpoint[];
  readonly plan: SpawnPlan;
  /** Null when everybody may come. */
  readonly addresses: AddressCheck | null;
  readonly banners: Banners;
  /** Null without log_type. */
  readonly logTarget: ServiceLogTarget | null;
}
