import type { Service } from '../../model/service.ts';
import type { Clock } from '../clock.ts';
import { locationOf } from '../origin-of.ts';
import type { Peer } from '../peer.ts';
import { isWithinAccessTimes } from './access-times.ts';
import type { AddressCheck } from './address-check.ts';
import { admitted, type Decision, refuse } from './decision.ts';
import type { SourceCounter } from './source-counter.ts';
import type { StartRates } from './start-rates.ts';

/** What runs at the moment. */
export interface Usage {
  /** Servers of this service. */
  readonly running: number;
  /** The same by client address. */
  readonly sources: SourceCounter;
}

/** What all services share. */
export interface AdmissionContext {
  readonly clock: Clock;
  /** Load average over one minute. */
  readonly load: () => number;
  /** Servers of all services. */
  readonly serversInAll: () => number;
  /** -limit. */
  readonly processLimit: number | null;
}

/** How long inetd closes a service that was started too often, in seconds. */
const inetdPause = 600;

/**
 * Decides about a client before anything is started for it. The address comes first: a client that may not come at all
 * must not use up the rate of those who may (xinetd counts it, so that anybody can switch a service off).
 */
export class Admission {
  readonly #service: Service;
  readonly #addresses: AddressCheck | null;
  readonly #context: AdmissionContext;
  readonly #rates: StartRates;

  constructor(
    service: Service,
    addresses: AddressCheck | null,
    rates: StartRates,
    context: AdmissionContext,
  ) {
    this.#service = service;
    this.#addresses = addresses;
    this.#rates = rates;
    this.#context = context;
  }

  /** `peer` is null where nobody can know the client: stream services that accept for themselves. */
  decide(peer: Peer | null, usage: Usage): Decision {
    const byAddress =
      peer === null || this.#addresses === null ? admitted : this.#addresses.decide(peer.address);
    if (!byAddress.admitted) return byAddress;
    return (
      this.#refuseByTime() ??
      this.#refuseByRate(peer) ??
      this.#refuseByLoad() ??
      this.#refuseByCount(peer, usage) ??
      admitted
    );
  }

  /** Whether a client whose server runs might still come: address and time; the limits are for new clients. */
  stillAdmits(peer: Peer | null): boolean {
    const byAddress =
      peer === null || this.#addresses === null || this.#addresses.decide(peer.address).admitted;
    return byAddress && this.#refuseByTime() === null;
  }

  #refuseByTime(): Decision | null {
    const { accessTimes } = this.#service;
    if (accessTimes === null || isWithinAccessTimes(accessTimes, this.#context.clock.now())) return null;
    return refuse('time', 'outside access_times', locationOf(this.#service, 'access_times'));
  }

  #refuseByRate(peer: Peer | null): Decision | null {
    const service = this.#service;
    const { perSecond, perMinute, perMinutePerSource } = this.#rates;
    const now = this.#context.clock.monotonic();
    if (peer !== null && perMinutePerSource?.take(peer.address, now) === false) {
      const explanation = `more than ${service.maxPerMinutePerSource} connections a minute from one address`;
      return refuse('per_source_limit', explanation, locationOf(service, 'wait'));
    }
    if (service.cps !== null && perSecond?.take(now) === false) {
      const explanation = `more than ${service.cps.rate} connections a second`;
      return refuse('connections per second', explanation, locationOf(service, 'cps'), service.cps.pause);
    }
    if (perMinute?.take(now) === false) {
      const explanation = `more than ${service.maxPerMinute} connections a minute`;
      return refuse('connections per second', explanation, locationOf(service, 'wait'), inetdPause);
    }
    return null;
  }

  #refuseByLoad(): Decision | null {
    const { maxLoad } = this.#service;
    if (maxLoad === null) return null;
    const load = this.#context.load();
    if (load < maxLoad) return null;
    return refuse('load', `load ${load} reaches max_load ${maxLoad}`, locationOf(this.#service, 'max_load'));
  }

  #refuseByCount(peer: Peer | null, { running, sources }: Usage): Decision | null {
    const { instances, perSource } = this.#service;
    const { processLimit, serversInAll } = this.#context;
    if (instances !== null && running >= instances) {
      return refuse('service_limit', `${instances} instances run`, locationOf(this.#service, 'instances'));
    }
    if (perSource !== null && peer !== null && sources.count(peer.address) >= perSource) {
      const explanation = `${perSource} instances run for this address`;
      return refuse('per_source_limit', explanation, locationOf(this.#service, 'per_source'));
    }
    if (processLimit !== null && serversInAll() >= processLimit) {
      return refuse('process_limit', `${processLimit} servers run in all (-limit)`, null);
    }
    return null;
  }
}
