import type { Addon } from '../native/addon.ts';
import { isSystemError } from '../native/system-error.ts';
import type { Decision } from './admission/decision.ts';
import { Backoff } from './backoff.ts';
import type { Clock, Timer } from './clock.ts';
import type { ExitStatus, Instance } from './instance.ts';
import { type DatagramHead, isSameDatagram, peekDatagram } from './listener/datagram-head.ts';
import type { Listener } from './listener/listener.ts';
import type { WaitingClients } from './listener/waiting-clients.ts';
import type { ProgramLog } from './log/program-log.ts';
import type { Peer } from './peer.ts';

/** Datagrams refused in one go before other services get their turn. */
const mostRefusedAtOnce = 64;

/** A stream server that lived at least so long (milliseconds) did something, where nobody can know better. */
const usefulLife = 1000;

/** Servers in a row after which they are taken to leave their work undone. */
const mostIdleServers = 10;

/** Failures on one datagram after which the datagram is dropped, so that the ones behind it get their turn. */
const mostFailuresOnOne = 3;

/** A socket that was watched so long (milliseconds) before something came had nothing left undone on it. */
const idleTime = 200;

const workUndone = 'its servers leave their work undone';

/** Milliseconds a service rests whose servers do nothing. */
const firstRest = 100;
const longestRest = 10_000;

/** The service whose sockets are handed over. */
export interface HandOverService {
  readonly id: string;
  /** Decides and logs; true when a server may start. */
  admit(peer: Peer | null): Decision;
  start(listener: Listener, peer: Peer | null): void;
  /** Nothing can be taken from the socket for the moment. */
  acceptFailed(listener: Listener, code: string): void;
}

export interface HandOverContext {
  readonly addon: Addon;
  readonly clock: Clock;
  readonly log: ProgramLog;
  readonly waitingClients: WaitingClients;
}

/**
 * The socket of a wait = yes service: handed to a server when something waits on it, watched again when the server is gone.
 * Nothing that waits is lost in between; xinetd throws away what is queued at that moment. A server that leaves its work
 * undone is started less and less often instead of over and over: one that has not read the datagram that it was started for,
 * or has accepted none of the connections that waited when the server before it had ended.
 */
export class HandOver {
  readonly #service: HandOverService;
  readonly #listener: Listener;
  readonly #datagrams: boolean;
  readonly #context: HandOverContext;
  readonly #rest = new Backoff(firstRest, longestRest);
  #head: DatagramHead | null = null;
  #idleServers = 0;
  #failures = 0;
  #watchedSince = 0;
  #resting: Timer | null = null;
  /** How long the stream server lived that has just ended (milliseconds), until it is known whether clients wait. */
  #lastLife: number | null = null;
  /** Clients that waited when a server had ended. */
  #leftWaiting: ReadonlySet<string> | null = null;
  #stopped = false;
  /** What was said last about resting: no line for the same rest over and over. */
  #lastSaid = '';

  constructor(service: HandOverService, listener: Listener, datagrams: boolean, context: HandOverContext) {
    this.#service = service;
    this.#listener = listener;
    this.#datagrams = datagrams;
    this.#context = context;
  }

  /** Something waits on the socket. */
  ready(): void {
    if (this.#listener.state !== 'listening') return;
    if (this.#context.clock.monotonic() - this.#watchedSince > idleTime) this.#workDone();
    if (this.#datagrams) this.#serveDatagram();
    else if (this.#lastLife === null) this.#serveConnection();
    else this.#judgeServer(this.#lastLife);
  }

  serverGone(instance: Instance, exit: ExitStatus): void {
    const { clock } = this.#context;
    if (!this.#datagrams) this.#lastLife = clock.monotonic() - instance.startedAt;
    else if (this.#tookDatagram()) this.#workDone();
    else this.#datagramLeft(exit.status !== 0);
    this.#takeBack();
  }

  /** The server could not be started: what it was for is dropped, as every inetd does, or it would wait for ever. */
  serverNotStarted(): void {
    if (this.#listener.fd !== -1 && this.#datagrams) this.#discard();
    else this.#restAWhile('its server could not be started');
    this.#takeBack();
  }

  /** The service ends. */
  stop(): void {
    this.#stopped = true;
    this.#resting?.cancel();
  }

  #takeBack(): void {
    this.#watchedSince = this.#context.clock.monotonic();
    this.#listener.takeBack();
  }

  #serveDatagram(): void {
    for (let refused = 0; refused < mostRefusedAtOnce; refused++) {
      const head = this.#peek();
      if (head === null) break;
      if (head === 'failed') return;
      if (this.#service.admit(head.peer).admitted) {
        this.#head = head;
        this.#service.start(this.#listener, head.peer);
        return;
      }
      // Refusing may have closed the socket (rate).
      if (this.#listener.state !== 'listening') return;
      if (!this.#discard()) return;
    }
    this.#listener.rearm();
  }

  #serveConnection(): void {
    if (this.#service.admit(null).admitted) {
      this.#service.start(this.#listener, null);
      return;
    }
    // The client cannot be refused, as only the server accepts: it waits until the service may run again.
    if (this.#listener.state !== 'listening') return;
    this.#restAWhile('a client waits that may not be served now');
    this.#listener.rearm();
  }

  /** True when the datagram for which the last server was started does not wait any more. */
  #tookDatagram(): boolean {
    if (this.#listener.fd === -1 || this.#head === null) return true;
    const head = this.#peek();
    return head === null || head === 'failed' || !isSameDatagram(head, this.#head);
  }

  /** failed: the socket rests for a while, as after an accept that failed. */
  #peek(): DatagramHead | null | 'failed' {
    return this.#try((addon, fd) => peekDatagram(addon, fd));
  }

  /** Drops the datagram that waits first; false when the socket rests instead. */
  #discard(): boolean {
    return this.#try((addon, fd) => addon.discardDatagram(fd)) !== 'failed';
  }

  #try<Result>(call: (addon: Addon, fd: number) => Result): Result | 'failed' {
    try {
      return call(this.#context.addon, this.#listener.fd);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      this.#service.acceptFailed(this.#listener, error.code);
      return 'failed';
    }
  }

  /**
   * A stream server has ended and somebody waits: for it, or since it has gone. The kernel is asked who, of servers with short
   * lives only when many have ended in a row, because its tables are long where there are many connections.
   */
  #judgeServer(lived: number): void {
    this.#lastLife = null;
    if (lived < usefulLife) {
      this.#idleServers++;
      if (this.#idleServers < mostIdleServers) {
        this.#serveConnection();
        return;
      }
    }
    const { name } = this.#listener;
    if (name === null) return;
    this.#listener.pause('back-off');
    void this.#context.waitingClients(name).then((clients) => {
      if (!this.#stopped) this.#serveOrRest(this.#isIdle(lived, clients));
    });
  }

  /** Whether a server did nothing of what there was to do, as far as anybody knows. */
  #isIdle(lived: number, clients: ReadonlySet<string> | null): boolean {
    const before = this.#leftWaiting;
    if (clients === null || clients.size === 0) {
      if (lived >= usefulLife) this.#workDone();
      return lived < usefulLife;
    }
    const isIdle = before !== null && [...before].every((client) => clients.has(client));
    if (before !== null && !isIdle) this.#workDone();
    this.#leftWaiting = clients;
    return isIdle;
  }

  #serveOrRest(rests: boolean): void {
    if (rests) this.#restAWhile(workUndone);
    else this.#goOn();
  }

  #workDone(): void {
    this.#idleServers = 0;
    this.#failures = 0;
    this.#leftWaiting = null;
    this.#lastLife = null;
    this.#lastSaid = '';
    this.#rest.reset();
  }

  #datagramLeft(failed: boolean): void {
    this.#idleServers++;
    if (failed) this.#failures++;
    if (this.#failures >= mostFailuresOnOne) this.#dropDatagram();
    else if (this.#idleServers >= mostIdleServers) this.#restAWhile(workUndone);
  }

  #dropDatagram(): void {
    const { log } = this.#context;
    this.#discard();
    const from = this.#head?.peer.address ?? '';
    log.write(
      'ERROR',
      `service ${this.#service.id}: datagram from ${from} dropped, ${this.#failures} servers failed without reading it`,
    );
    this.#workDone();
  }

  #restAWhile(why: string): void {
    const { clock, log } = this.#context;
    const delay = this.#rest.next();
    const text = `service ${this.#service.id}: rests for ${delay} ms: ${why}`;
    if (text !== this.#lastSaid) log.write('WARNING', text);
    this.#lastSaid = text;
    this.#listener.pause('back-off');
    this.#resting = clock.after(delay, () => this.#goOn());
  }

  #goOn(): void {
    this.#watchedSince = this.#context.clock.monotonic();
    this.#listener.resume('back-off');
  }
}
