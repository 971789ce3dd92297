import type { Location } from '../../diagnostics/diagnostic.ts';

/** Why a client got no server, in the words of xinetd's FAIL lines. */
export type FailReason =
  | 'address'
  | 'time'
  | 'load'
  | 'service_limit'
  | 'per_source_limit'
  | 'process_limit'
  | 'connections per second'
  | 'fork';

export interface Refused {
  readonly admitted: false;
  readonly reason: FailReason;
  /** For people: which rule, with its numbers. */
  readonly explanation: string;
  /** The word or line that decided. */
  readonly location: Location | null;
  /** Seconds for which the service closes its sockets because of this. */
  readonly suspend?: number;
}

/** What becomes of a client, with the reason. */
export type Decision = { readonly admitted: true } | Refused;

export const admitted: Decision = { admitted: true };

export function refuse(
  reason: FailReason,
  explanation: string,
  location: Location | null,
  suspend?: number,
): Refused {
  return suspend === undefined
    ? { admitted: false, reason, explanation, location }
    : { admitted: false, reason, explanation, location, suspend };
}
