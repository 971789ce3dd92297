import type { Service } from '../model/service.ts';
import type { WatchMode } from '../native/addon.ts';
import type { SocketAddress } from '../native/socket-types.ts';
import { Admission, type AdmissionContext } from './admission/admission.ts';
import type { Decision, Refused } from './admission/decision.ts';
import { SourceCounter } from './admission/source-counter.ts';
import type { Timer } from './clock.ts';
import { HandOver } from './hand-over.ts';
import type { ExitStatus, Instance, InstanceOwner } from './instance.ts';
import type { InstanceTable } from './instance-table.ts';
import type { DescriptorShortage } from './listener/descriptor-shortage.ts';
import { Listener, type ListenerContext, type ListenerOwner, listenerKey } from './listener/listener.ts';
import { createServiceLog, type ServiceLog, silentServiceLog } from './log/service-log.ts';
import { describeLocation } from './origin-of.ts';
import { type Peer, peerOf } from './peer.ts';
import type { PreparedService } from './prepared-service.ts';
import type { Starter } from './spawn/starter.ts';

/** What the services of a daemon share. */
export interface ServiceContext extends ListenerContext {
  readonly admission: AdmissionContext;
  readonly instances: InstanceTable;
  readonly starter: Starter;
  readonly shortage: DescriptorShortage;
  /** Explain refusals in the program log. */
  readonly debug: boolean;
}

/** What a configuration says about a service, ready for use. */
interface Settings {
  readonly prepared: PreparedService;
  readonly admission: Admission;
  readonly log: ServiceLog;
}

/** A service that runs: its listeners, its rules, its counters, its log. Settings change when it is reconfigured. */
export class ActiveService implements ListenerOwner, InstanceOwner {
  readonly #context: ServiceContext;
  readonly #usage = { running: 0, sources: new SourceCounter() };
  readonly #handOvers = new Map<Listener, HandOver>();
  #settings: Settings;
  /** Compiled for the first client: most of ten thousand services wait long for theirs. */
  #plan: number | null = null;
  #listeners: readonly Listener[] = [];
  #suspended: Timer | null = null;
  #draining = false;

  constructor(prepared: PreparedService, context: ServiceContext) {
    this.#context = context;
    this.#settings = this.#compile(prepared);
  }

  get service(): Service {
    return this.#settings.prepared.service;
  }

  get id(): string {
    return this.service.id;
  }

  get plan(): number {
    this.#plan ??= this.#context.addon.compilePlan(this.#settings.prepared.plan);
    return this.#plan;
  }

  get retriesFork(): boolean {
    return !this.service.flags.includes('NORETRY');
  }

  get listeners(): readonly Listener[] {
    return this.#listeners;
  }

  /** Servers of this service, also those that are just being started. */
  get running(): number {
    return this.#usage.running;
  }

  /** Serves by other settings from now on. */
  reconfigure(prepared: PreparedService): void {
    this.#releasePlan();
    this.#settings = this.#compile(prepared);
    this.#suspended?.cancel();
    this.#suspended = null;
  }

  /** False when nobody would start this server any more: the service is gone, or its client may not come. */
  stillWants({ peer }: Instance): boolean {
    return !this.#draining && this.#settings.admission.stillAdmits(peer);
  }

  /**
   * Takes the listeners for its endpoints out of `pool`, by key, and makes those that are not there. The rest of the pool is
   * to be closed before the new ones are opened.
   */
  takeListeners(pool: Map<string, Listener>): void {
    this.#listeners = this.#settings.prepared.endpoints.map((endpoint) => {
      const key = listenerKey(endpoint, this.#mode);
      const kept = pool.get(key);
      pool.delete(key);
      kept?.adopt(this);
      return kept ?? new Listener(endpoint, this.#mode, this, this.#context);
    });
    for (const listener of this.#handOvers.keys()) {
      if (!this.#listeners.includes(listener)) this.#stopHandOver(listener);
    }
    if (!this.service.wait) return;
    const datagrams = this.service.socketType === 'dgram' || this.service.socketType === 'raw';
    for (const listener of this.#listeners) {
      if (this.#handOvers.has(listener)) continue;
      this.#handOvers.set(listener, new HandOver(this, listener, datagrams, this.#context));
    }
  }

  /** Opens the listeners that are closed. */
  open(): void {
    for (const listener of this.#listeners) listener.open();
  }

  /** Lets nobody in any more; servers go on. */
  drain(): void {
    for (const listener of this.retire()) listener.close('no more clients');
  }

  /** Nothing continues this service: it gives its sockets away, except those that servers hold. */
  retire(): Listener[] {
    this.#draining = true;
    this.#releasePlan();
    this.#suspended?.cancel();
    for (const listener of this.#handOvers.keys()) this.#stopHandOver(listener);
    const held = this.#listeners.filter(({ state }) => state === 'handed over');
    const free = this.#listeners.filter(({ state }) => state !== 'handed over');
    for (const listener of held) listener.drain();
    this.#listeners = held;
    return free;
  }

  // ---- events of listeners

  accepted(listener: Listener, fd: number, address: SocketAddress): void {
    const { addon } = this.#context;
    const { banners } = this.#settings.prepared;
    const peer = peerOf(address);
    if (banners.always !== null) addon.send(fd, banners.always);
    if (!this.admit(peer).admitted) {
      addon.refuse(fd, banners.failure);
      return;
    }
    if (banners.success !== null) addon.send(fd, banners.success);
    this.#start(fd, peer, null);
    const { maxChildren } = this.service;
    if (maxChildren !== null && this.running >= maxChildren) listener.pause('most children');
  }

  ready(listener: Listener): void {
    this.#handOvers.get(listener)?.ready();
  }

  acceptFailed(listener: Listener, code: string): void {
    this.#context.shortage.hit(listener, code);
  }

  // ---- for the socket of a wait = yes service

  /** Decides about a client and logs a refusal. */
  admit(peer: Peer | null): Decision {
    const decision = this.#settings.admission.decide(peer, this.#usage);
    if (!decision.admitted) this.#refused(peer, decision);
    return decision;
  }

  start(listener: Listener, peer: Peer | null): void {
    listener.handOver();
    this.#start(listener.fd, peer, listener);
  }

  // ---- events of instances

  started(instance: Instance, pid: number): void {
    this.#settings.log.started(pid, instance.peer);
  }

  ended(instance: Instance, exit: ExitStatus): void {
    const seconds = Math.floor((this.#context.clock.monotonic() - instance.startedAt) / 1000);
    this.#settings.log.ended({ ...exit, seconds });
    this.#release(instance);
    if (instance.listener !== null) this.#handOvers.get(instance.listener)?.serverGone(instance, exit);
  }

  notStarted(instance: Instance): void {
    const { peer, listener, fd } = instance;
    this.#settings.log.failed('fork', peer);
    this.#release(instance);
    if (listener === null) this.#context.addon.refuse(fd, this.#settings.prepared.banners.failure);
    else this.#handOvers.get(listener)?.serverNotStarted();
  }

  get #mode(): WatchMode {
    return this.service.wait ? 'ready' : 'accept';
  }

  #compile(prepared: PreparedService): Settings {
    const { admission, clock } = this.#context;
    const { service, addresses, logTarget } = prepared;
    return {
      prepared,
      admission: new Admission(service, addresses, admission),
      log: logTarget === null ? silentServiceLog : createServiceLog(service, logTarget, clock),
    };
  }

  /** Starts that are queued keep it. */
  #releasePlan(): void {
    if (this.#plan !== null) this.#context.addon.releasePlan(this.#plan);
    this.#plan = null;
  }

  #stopHandOver(listener: Listener): void {
    this.#handOvers.get(listener)?.stop();
    this.#handOvers.delete(listener);
  }

  #start(fd: number, peer: Peer | null, listener: Listener | null): void {
    const { instances, starter, clock } = this.#context;
    this.#usage.running++;
    if (peer !== null) this.#usage.sources.add(peer.address);
    starter.start(instances.add({ owner: this, peer, fd, listener, startedAt: clock.monotonic() }));
  }

  /** The only place where the counters go down. */
  #release({ peer }: Instance): void {
    this.#usage.running--;
    if (peer !== null) this.#usage.sources.remove(peer.address);
    if (this.#draining) {
      if (this.running === 0) for (const listener of this.#listeners) listener.drained();
      return;
    }
    for (const listener of this.#listeners) listener.resume('most children');
    this.#context.shortage.relieved();
  }

  #refused(peer: Peer | null, { reason, explanation, location, suspend }: Refused): void {
    this.#settings.log.failed(reason, peer);
    if (this.#context.debug) {
      const where = location === null ? '' : ` (${describeLocation(location)})`;
      const who = peer?.address ?? 'a client';
      this.#context.log.write('DEBUG', `service ${this.id}: ${who} refused: ${explanation}${where}`);
    }
    if (suspend !== undefined) this.#suspend(suspend);
  }

  /** Closes the sockets for a while: clients are refused by the kernel, which costs nothing here. */
  #suspend(seconds: number): void {
    if (this.#suspended !== null) return;
    const { log, clock } = this.#context;
    // The texts are xinetd's, for those who watch for them; so are the two blanks.
    log.write(
      'ERROR',
      `Deactivating service ${this.service.name} due to excessive incoming connections.  Restarting in ${seconds} seconds.`,
    );
    for (const listener of this.#listeners) {
      if (listener.state !== 'handed over') listener.close('suspended');
    }
    this.#suspended = clock.after(seconds * 1000, () => {
      this.#suspended = null;
      log.write('ERROR', `Activating service ${this.service.name}`);
      this.open();
    });
  }
}
