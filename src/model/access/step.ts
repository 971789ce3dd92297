import type { Location } from '../../diagnostics/diagnostic.ts';
import type { HostTables } from '../host-tables.ts';
import type { QuirkSet } from '../quirks.ts';
import type { Service } from '../service.ts';
import type { ClientAddress } from './client-address.ts';

/** One check on the way of a client to a server. */
export interface AccessStep {
  readonly check:
    | 'socket'
    | 'cps'
    | 'max_load'
    | 'access_times'
    | 'instances'
    | 'per_source'
    | 'max_per_minute_per_source'
    | 'max_per_minute'
    | 'max_children'
    | 'tcpmux'
    | 'sensor'
    | 'address'
    | 'libwrap'
    | 'tcpd';
  /** `depends`: on what no configuration says. */
  readonly outcome: 'passes' | 'refuses' | 'depends';
  readonly reason: string;
  readonly location: Location | null;
}

export interface AccessQuestion {
  readonly client: ClientAddress;
  /** Numeric, for people. */
  readonly address: string;
  /** The client's name, when it is known. */
  readonly host: string | undefined;
  /** Minutes since midnight, local time of the server. */
  readonly minute: number | undefined;
  /** hosts.allow or hosts.deny hold rules. */
  readonly hasLibwrapRules: boolean;
}

/** What besides the service decides. */
export interface AccessContext {
  readonly quirks: QuirkSet;
  readonly tables: Pick<HostTables, 'hostAddresses'>;
  /** All that run, in their order: a service behind tcpmux is reached through another one. */
  readonly services: readonly Service[];
}

/** The line that decided an attribute last. */
export function lineOf(service: Service, attribute: string): Location | null {
  return service.origins.get(attribute)?.findLast((origin) => origin.location !== null)?.location ?? null;
}
