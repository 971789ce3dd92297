import type { Addon, WatchMode } from '../../native/addon.ts';
import type { OpenedSocket, SocketAddress, SocketOptions } from '../../native/socket-types.ts';
import { isSystemError, type SystemError } from '../../native/system-error.ts';
import { Backoff } from '../backoff.ts';
import type { Clock, Timer } from '../clock.ts';
import { errnoText } from '../errno-text.ts';
import type { ProgramLog } from '../log/program-log.ts';
import { describeAddress, type Endpoint, endpointKey } from './endpoint.ts';
import { moveHigh } from './move-high.ts';
import type { WatchHandler, WatchRouter } from './watch-router.ts';

/**
 * closed: no socket. listening: clients are let in. paused: the socket stays, clients queue in the kernel. handed over: a
 * wait = yes server has the socket. draining: it is closed here for good, but a server still has it.
 */
export type ListenerState = 'closed' | 'listening' | 'paused' | 'handed over' | 'draining';

/** Why a listener is paused; it listens again when none is left. */
export type PauseReason = 'no descriptors' | 'most children' | 'back-off';

/** What may follow a state; anything else is a defect of the caller. */
const transitions: Readonly<Record<ListenerState, readonly ListenerState[]>> = {
  closed: ['listening'],
  listening: ['closed', 'paused', 'handed over'],
  paused: ['closed', 'listening'],
  'handed over': ['closed', 'listening', 'paused', 'draining'],
  draining: ['closed'],
};

/** Milliseconds between attempts to bind: quick at first for a daemon that is just going away, then patient. */
const firstRetry = 1000;
const longestRetry = 60_000;

export interface ListenerContext {
  readonly addon: Addon;
  readonly clock: Clock;
  readonly log: ProgramLog;
  readonly router: WatchRouter;
  /** See `moveHigh`. */
  readonly listenerBase: number;
}

/** The service a listener works for. */
export interface ListenerOwner {
  readonly id: string;
  accepted(listener: Listener, fd: number, peer: SocketAddress): void;
  ready(listener: Listener): void;
  acceptFailed(listener: Listener, code: string): void;
}

/** See `Listener.key`. */
export function listenerKey(endpoint: Endpoint, mode: WatchMode): string {
  return `${mode} ${endpointKey(endpoint)}`;
}

/** A bound socket of a service and its state. */
export class Listener implements WatchHandler {
  readonly endpoint: Endpoint;
  readonly #mode: WatchMode;
  #owner: ListenerOwner;
  readonly #context: ListenerContext;
  readonly #pauses = new Set<PauseReason>();
  readonly #backoff = new Backoff(firstRetry, longestRetry);
  #state: ListenerState = 'closed';
  #socket: OpenedSocket | null = null;
  /** The port it had last: a socket that comes back after a pause is where its clients know it, also with `port = 0`. */
  #port = 0;
  #watch = 0;
  #retry: Timer | null = null;
  #lastFailure: string | null = null;
  /** It is to be closed when its server gives it back. */
  #closesOnReturn = false;

  constructor(endpoint: Endpoint, mode: WatchMode, owner: ListenerOwner, context: ListenerContext) {
    this.endpoint = endpoint;
    this.#mode = mode;
    this.#owner = owner;
    this.#context = context;
  }

  /** What must be the same for the socket to be of use to another service: where it is bound and how it is watched. */
  get key(): string {
    return listenerKey(this.endpoint, this.#mode);
  }

  /**
   * Whether another service may go on with the socket: not while a server of this one has it, and not when the kernel chose
   * the port, which is where the clients of this service come.
   */
  get canPassOn(): boolean {
    return this.#state !== 'handed over' && this.endpoint.alternatives[0].port !== 0;
  }

  /** Works for another service from now on, with the same socket: no client is lost on the way. */
  adopt(owner: ListenerOwner): void {
    this.#owner = owner;
    for (const reason of [...this.#pauses]) this.resume(reason);
  }

  get state(): ListenerState {
    return this.#state;
  }

  /** Descriptor of the socket; -1 while there is none. */
  get fd(): number {
    return this.#socket?.fd ?? -1;
  }

  /** The bound address, with the port the kernel chose. */
  get name(): SocketAddress | null {
    return this.#socket?.name ?? null;
  }

  /** Binds and listens; when that fails, says why and tries again later, for as long as nobody closes it. */
  open(): void {
    this.#closesOnReturn = false;
    if (this.#state !== 'closed') return;
    this.#cancelRetry();
    let socket: OpenedSocket;
    try {
      socket = this.#openSocket();
      this.#watch = this.#watchSocket(socket);
    } catch (error) {
      this.#retryLater(error as SystemError);
      return;
    }
    this.#socket = socket;
    this.#backoff.reset();
    this.#lastFailure = null;
    this.#enter('listening', `on ${this.endpoint.label}, bound to ${describeAddress(socket.name)}`);
    if (this.#pauses.size > 0) this.#suspendWatch();
  }

  // ---- events of its watch

  accepted(connection: number, peer: SocketAddress): void {
    this.#owner.accepted(this, connection, peer);
  }

  ready(): void {
    this.#owner.ready(this);
  }

  acceptFailed(code: string): void {
    this.#owner.acceptFailed(this, code);
  }

  // ---- what its service asks for

  pause(reason: PauseReason): void {
    this.#pauses.add(reason);
    if (this.#state === 'listening') this.#suspendWatch();
  }

  resume(reason: PauseReason): void {
    if (!this.#pauses.delete(reason) || this.#pauses.size > 0 || this.#state !== 'paused') return;
    this.#enter('listening', `${reason} is over`);
    this.#resumeWatch();
  }

  /** A server takes the socket; nothing is watched until it comes back. */
  handOver(): void {
    this.#enter('handed over', 'to its server');
  }

  /** The server is gone. */
  takeBack(): void {
    if (this.#state !== 'handed over') return;
    if (this.#closesOnReturn) {
      this.close('suspended');
      return;
    }
    if (!this.#stillListens()) {
      this.close('its server has shut it down');
      this.open();
      return;
    }
    this.#enter('listening', 'its server is gone');
    if (this.#pauses.size > 0) this.#enter('paused', [...this.#pauses].join(', '));
    else this.#resumeWatch();
  }

  /** A `ready` watch that fired is silent; the owner has dealt with what was there. */
  rearm(): void {
    if (this.#state === 'listening') this.#resumeWatch();
  }

  /** Gives up the socket until somebody opens it again, as soon as no server has it. */
  suspend(): void {
    if (this.#state === 'handed over') this.#closesOnReturn = true;
    else this.close('suspended');
  }

  /** Gives up the socket, so that clients are refused by the kernel; may be opened again. */
  close(why: string): void {
    this.#giveUpSocket();
    this.#enter('closed', why);
  }

  /** Gives up a socket that a server has; `drained` follows when that server is gone. */
  drain(): void {
    this.#giveUpSocket();
    this.#enter('draining', 'no more servers');
  }

  drained(): void {
    this.#enter('closed', 'drained');
  }

  /** shutdown(2) on a socket that is shared reaches everybody who has it: no client would come any more. */
  #stillListens(): boolean {
    const { type } = this.endpoint.alternatives[0];
    if (type !== 'stream' && type !== 'seqpacket') return true;
    return this.#context.addon.socketInfo(this.fd).listening;
  }

  #openSocket(): OpenedSocket {
    const [first, ...others] = this.endpoint.alternatives;
    let failure: SystemError;
    try {
      return this.#tryToOpen(first);
    } catch (error) {
      failure = error as SystemError;
    }
    for (const options of others) {
      // A kernel without IPv6 knows no such family, or has the family but no address of it.
      if (failure.code !== 'EAFNOSUPPORT' && failure.code !== 'EADDRNOTAVAIL') break;
      this.#context.log.write(
        'NOTICE',
        `IPv6 socket creation failed for service ${this.#owner.id}, trying IPv4`,
      );
      try {
        return this.#tryToOpen(options);
      } catch (error) {
        failure = error as SystemError;
      }
    }
    throw failure;
  }

  #tryToOpen(options: SocketOptions): OpenedSocket {
    const { addon, listenerBase } = this.#context;
    const { fd, name } = addon.openSocket(this.#port === 0 ? options : { ...options, port: this.#port });
    this.#port = name.port;
    return { fd: moveHigh(addon, fd, listenerBase), name };
  }

  #watchSocket({ fd }: OpenedSocket): number {
    const { addon, router } = this.#context;
    try {
      return router.watch(fd, this.#mode, this);
    } catch (error) {
      addon.close(fd);
      throw error;
    }
  }

  #retryLater(error: SystemError): void {
    const failure = `${error.syscall} failed (${errnoText(error.code)})`;
    const delay = this.#backoff.next();
    // Said again only when the reason changes: a missing address may stay away for days.
    if (failure !== this.#lastFailure) {
      const id = this.#owner.id;
      this.#context.log.write('ERROR', `${failure}. service = ${id}, ${this.endpoint.label}; trying again`);
    }
    this.#lastFailure = failure;
    this.#retry = this.#context.clock.after(delay, () => this.open());
  }

  #suspendWatch(): void {
    this.#enter('paused', [...this.#pauses].join(', '));
    this.#context.addon.pauseWatch(this.#watch);
  }

  /** The kernel may have no memory for it: then it is tried again like an accept that failed. */
  #resumeWatch(): void {
    try {
      this.#context.addon.resumeWatch(this.#watch);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      this.#owner.acceptFailed(this, error.code);
    }
  }

  #cancelRetry(): void {
    this.#retry?.cancel();
    this.#retry = null;
  }

  #giveUpSocket(): void {
    this.#cancelRetry();
    if (this.#socket === null) return;
    this.#context.router.unwatch(this.#watch);
    const { addon } = this.#context;
    addon.close(this.#socket.fd);
    this.#socket = null;
    const [options] = this.endpoint.alternatives;
    if (options.family === 'unix') addon.removeSocketFile(options);
  }

  #enter(next: ListenerState, why: string): void {
    const state = this.#state;
    if (state === next) return;
    if (!transitions[state].includes(next)) {
      throw new Error(`listener of ${this.#owner.id} cannot go from ${state} to ${next}`);
    }
    this.#state = next;
    // The address is what people and tests look for; the rest is for debugging.
    const level = state === 'closed' && next === 'listening' ? 'INFO' : 'DEBUG';
    this.#context.log.write(level, `service ${this.#owner.id}: ${next} (was ${state}): ${why}`);
  }
}
