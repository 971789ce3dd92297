import type { Addon } from '../native/addon.ts';
import type { Decision } from './admission/decision.ts';
import { Backoff } from './backoff.ts';
import type { Clock, Timer } from './clock.ts';
import type { ExitStatus, Instance } from './instance.ts';
import { type DatagramHead, isSameDatagram, peekDatagram } from './listener/datagram-head.ts';
import type { Listener } from './listener/listener.ts';
import type { ProgramLog } from './log/program-log.ts';
import type { Peer } from './peer.ts';

/** Datagrams refused in one go before other services get their turn. */
const mostRefusedAtOnce = 64;

/** A stream server that lived at least so long (milliseconds) did something. */
const usefulLife = 1000;

/** Servers in a row after which they are taken to leave their work undone. */
const mostIdleServers = 10;

/** Failures on one datagram after which the datagram is dropped, so that the ones behind it get their turn. */
const mostFailuresOnOne = 3;

/** A socket that was watched so long (milliseconds) before something came had nothing left undone on it. */
const idleTime = 200;

/** Milliseconds a service rests whose servers do nothing. */
const firstRest = 100;
const longestRest = 10_000;

/** The service whose sockets are handed over. */
export interface HandOverService {
  readonly id: string;
  /** Decides and logs; true when a server may start. */
  admit(peer: Peer | null): Decision;
  start(listener: Listener, peer: Peer | null): void;
}

export interface HandOverContext {
  readonly addon: Addon;
  readonly clock: Clock;
  readonly log: ProgramLog;
}

/**
 * The socket of a wait = yes service: handed to a server when something waits on it, watched again when the server is gone.
 * Nothing that waits is lost in between; xinetd throws away what is queued at that moment. A server that leaves its work
 * undone is started less and less often instead of over and over.
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
    else this.#serveConnection();
  }

  serverGone(instance: Instance, exit: ExitStatus): void {
    const { clock } = this.#context;
    const failed = exit.status !== 0;
    const lived = clock.monotonic() - instance.startedAt;
    const worked = this.#datagrams ? this.#tookDatagram() : lived >= usefulLife;
    if (worked) this.#workDone();
    else this.#workUndone(failed);
    this.#takeBack();
  }

  /** The server could not be started: what it was for is dropped, as every inetd does, or it would wait for ever. */
  serverNotStarted(): void {
    if (this.#listener.fd !== -1 && this.#datagrams) this.#context.addon.discardDatagram(this.#listener.fd);
    else this.#restAWhile('its server could not be started');
    this.#takeBack();
  }

  /** The service ends. */
  stop(): void {
    this.#resting?.cancel();
  }

  #takeBack(): void {
    this.#watchedSince = this.#context.clock.monotonic();
    this.#listener.takeBack();
  }

  #serveDatagram(): void {
    const { addon } = this.#context;
    for (let refused = 0; refused < mostRefusedAtOnce; refused++) {
      const head = peekDatagram(addon, this.#listener.fd);
      if (head === null) break;
      if (this.#service.admit(head.peer).admitted) {
        this.#head = head;
        this.#service.start(this.#listener, head.peer);
        return;
      }
      // Refusing may have closed the socket (rate).
      if (this.#listener.state !== 'listening') return;
      addon.discardDatagram(this.#listener.fd);
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
    const head = peekDatagram(this.#context.addon, this.#listener.fd);
    return head === null || !isSameDatagram(head, this.#head);
  }

  #workDone(): void {
    this.#idleServers = 0;
    this.#failures = 0;
    this.#rest.reset();
  }

  #workUndone(failed: boolean): void {
    this.#idleServers++;
    if (failed) this.#failures++;
    if (this.#datagrams && this.#failures >= mostFailuresOnOne) this.#dropDatagram();
    else if (this.#idleServers >= mostIdleServers) this.#restAWhile('its servers leave their work undone');
  }

  #dropDatagram(): void {
    const { addon, log } = this.#context;
    addon.discardDatagram(this.#listener.fd);
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
    log.write('WARNING', `service ${this.#service.id}: rests for ${delay} ms: ${why}`);
    this.#listener.pause('back-off');
    this.#resting = clock.after(delay, () => {
      this.#watchedSince = clock.monotonic();
      this.#listener.resume('back-off');
    });
  }
}
