import type { Listener } from './listener/listener.ts';
import type { Peer } from './peer.ts';

/** One server of a service, from the moment it is admitted until it is reaped or given up. */
export interface Instance {
  /** Number by which the addon reports on it. */
  readonly token: number;
  readonly owner: InstanceOwner;
  /** Null where nobody can know the client. */
  readonly peer: Peer | null;
  /** The socket that becomes descriptors 0 to 2: the instance's own, closed here once the server runs. */
  readonly fd: number;
  /** The listener whose socket the server has (wait = yes); null when it has a connection. */
  readonly listener: Listener | null;
  /** Null until the program runs. */
  pid: number | null;
  /** Monotonic milliseconds at which it was admitted, later at which its program began to run. */
  startedAt: number;
  /** Consecutive failures of fork. */
  failures: number;
}

/** How an instance ended, as wait(2) tells it. */
export interface ExitStatus {
  readonly pid: number;
  readonly status: number | null;
  readonly signal: number | null;
}

/** The service side of an instance. Of `ended` and `notStarted` exactly one is called, once. */
export interface InstanceOwner {
  readonly id: string;
  /** Number of the compiled plan of the service. */
  readonly plan: number;
  /** False with the flag NORETRY. */
  readonly retriesFork: boolean;
  /** False when nobody would start this server any more. */
  stillWants(instance: Instance): boolean;
  started(instance: Instance, pid: number): void;
  ended(instance: Instance, exit: ExitStatus): void;
  notStarted(instance: Instance): void;
}
