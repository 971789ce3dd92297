import type { SocketAddress } from './socket-types.ts';
import type { SpawnStep } from './spawn-types.ts';

/** A connection of an accepting watch. The descriptor belongs to the receiver, also when the watch is gone by now. */
export interface AcceptedEvent {
  readonly kind: 'accepted';
  readonly watch: number;
  /** Blocking and close-on-exec. */
  readonly fd: number;
  readonly peer: SocketAddress;
}

/** A one-shot watch fired; it stays silent until `resumeWatch`. */
export interface ReadyEvent {
  readonly kind: 'ready';
  readonly watch: number;
}

/** accept(2) failed in a way that does not pass by itself (EMFILE, ENFILE, ENOMEM, ...). The watch is paused. */
export interface AcceptFailedEvent {
  readonly kind: 'accept-failed';
  readonly watch: number;
  readonly code: string;
}

/** The server's program runs. Up to 10 ms late. */
export interface SpawnedEvent {
  readonly kind: 'spawned';
  readonly token: number;
  readonly pid: number;
}

/** The server could not be started; nothing of it is left. */
export interface SpawnFailedEvent {
  readonly kind: 'spawn-failed';
  readonly token: number;
  readonly step: SpawnStep;
  /** Name of the errno, for `killed` the name of the signal. */
  readonly code: string;
}

/**
 * A child was reaped: a server after its `spawned` event, or an orphan when the daemon is PID 1 or a subreaper. May be up to
 * 10 ms late (an orphan's a second), but comes before any `accepted` or `ready` event of what happened after it, and at once
 * when the request had `close: -1` and the server ran for less than 50 ms.
 */
export interface ExitedEvent {
  readonly kind: 'exited';
  readonly pid: number;
  /** Exit status, null when a signal ended it. */
  readonly status: number | null;
  /** Number of the signal that ended it, or null. */
  readonly signal: number | null;
  /** User and system time of the child and the children it waited for, in microseconds. */
  readonly cpuMicros: number;
}

export type RuntimeEvent =
  | AcceptedEvent
  | ReadyEvent
  | AcceptFailedEvent
  | SpawnedEvent
  | SpawnFailedEvent
  | ExitedEvent;
