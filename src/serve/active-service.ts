import type { Service } from '../model/service.ts';
import type { WatchMode } from '../native/addon.ts';
import type { SocketAddress } from '../native/socket-types.ts';
import { isSystemError, type SystemError } from '../native/system-error.ts';
import type { AdmissionContext } from './admission/admission.ts';
import type { Decision, Refused } from './admission/decision.ts';
import { SourceCounter } from './admission/source-counter.ts';
import { type Client, ClientQueue } from './client-queue.ts';
import { HandOver } from './hand-over.ts';
import type { ExitStatus, Instance, InstanceOwner } from './instance.ts';
import type { InstanceTable } from './instance-table.ts';
import type { DescriptorShortage } from './listener/descriptor-shortage.ts';
import { Listener, type ListenerContext, type ListenerOwner, listenerKey } from './listener/listener.ts';
import type { ListenerPool } from './listener/listener-pool.ts';
import type { WaitingClients } from './listener/waiting-clients.ts';
import { describeLocation } from './origin-of.ts';
import { type Peer, peerOf } from './peer.ts';
import type { PreparedService } from './prepared-service.ts';
import { compileSettings, type ServiceSettings } from './service-settings.ts';
import type { Starter } from './spawn/starter.ts';
import { Suspension } from './suspension.ts';

/**
 * Servers of one service that are on their way to their program. Where that hangs (a file on a server that is gone) more would
 * fill the queue that all services share: clients then wait until half of them are through.
 */
const mostUnborn = 128;

/** What the services of a daemon share. */
export interface ServiceContext extends ListenerContext {
  readonly admission: AdmissionContext;
  readonly instances: InstanceTable;
  readonly starter: Starter;
  readonly shortage: DescriptorShortage;
  readonly waitingClients: WaitingClients;
  /** Explain refusals in the program log. */
  readonly debug: boolean;
}

/** A service that runs: its listeners, its rules, its counters, its log. Settings change when it is reconfigured. */
export class ActiveService implements ListenerOwner, InstanceOwner {
  readonly #context: ServiceContext;
  readonly #usage = { running: 0, sources: new SourceCounter() };
  readonly #handOvers = new Map<Listener, HandOver>();
  readonly #queue: ClientQueue;
  readonly #suspension: Suspension;
  #settings: ServiceSettings;
  /** Compiled for the first client: most of ten thousand services wait long for theirs. */
  #plan: number | null = null;
  #listeners: readonly Listener[] = [];
  #draining = false;
  #unborn = 0;
  #isHeldUp = false;

  constructor(prepared: PreparedService, context: ServiceContext) {
    this.#context = context;
    this.#queue = new ClientQueue(context.addon);
    this.#suspension = new Suspension(context);
    this.#settings = compileSettings(prepared, null, context);
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

  /** Serves by other settings from now on. Closed for its rate it stays so until other limits take the place of those. */
  reconfigure(prepared: PreparedService): void {
    const { rates } = this.#settings;
    this.#releasePlan();
    this.#settings = compileSettings(prepared, rates, this.#context);
    if (this.#settings.rates !== rates) this.#suspension.cancel();
  }

  /** False when nobody would start this server any more: the service is gone, or its client may not come. */
  stillWants({ peer }: Instance): boolean {
    return !this.#draining && this.#settings.admission.stillAdmits(peer);
  }

  /** Gives away the sockets that its settings do not name any more. */
  releaseListeners(): Listener[] {
    if (this.#listeners.length === 0) return [];
    const { endpoints } = this.#settings.prepared;
    const keys = new Set(endpoints.map((endpoint) => listenerKey(endpoint, this.#mode)));
    const released = this.#listeners.filter(({ key }) => !keys.has(key));
    this.#listeners = this.#listeners.filter(({ key }) => keys.has(key));
    for (const listener of released) this.#stopHandOver(listener);
    return released;
  }

  /** Takes the listeners that it lacks out of `pool`, and makes those that are not there. */
  takeListeners(pool: ListenerPool): void {
    const own = new Map(this.#listeners.map((listener) => [listener.key, listener]));
    // At the start there is nothing to look for.
    const isNew = own.size === 0 && pool.left.size === 0;
    this.#listeners = this.#settings.prepared.endpoints.map((endpoint) => {
      if (isNew) return new Listener(endpoint, this.#mode, this, this.#context);
      const key = listenerKey(endpoint, this.#mode);
      const kept = own.get(key);
      if (kept !== undefined) return kept;
      const taken = pool.take(key);
      taken?.adopt(this);
      return taken ?? new Listener(endpoint, this.#mode, this, this.#context);
    });
    if (!this.service.wait) return;
    const datagrams = this.service.socketType === 'dgram' || this.service.socketType === 'raw';
    for (const listener of this.#listeners) {
      if (this.#handOvers.has(listener)) continue;
      this.#handOvers.set(listener, new HandOver(this, listener, datagrams, this.#context));
    }
  }

  /** Opens the listeners that are closed, unless all have to be for a while. */
  open(): void {
    if (this.#suspension.lasts) {
      this.#closeForNow();
      return;
    }
    for (const listener of this.#listeners) listener.open();
    this.#letWaitingIn();
  }

  /** Lets nobody in any more; servers go on. */
  drain(): void {
    for (const listener of this.retire()) listener.close('no more clients');
  }

  /** Nothing continues this service: it gives its sockets away, except those that servers hold. */
  retire(): Listener[] {
    this.#draining = true;
    this.#releasePlan();
    this.#suspension.cancel();
    this.#queue.clear();
    for (const listener of this.#handOvers.keys()) this.#stopHandOver(listener);
    const held = this.#listeners.filter(({ state }) => state === 'handed over');
    const free = this.#listeners.filter(({ state }) => state !== 'handed over');
    for (const listener of held) listener.drain();
    this.#listeners = held;
    return free;
  }

  // ---- events of listeners

  accepted(_listener: Listener, fd: number, address: SocketAddress): void {
    this.#queue.add({ fd, address });
    this.#letWaitingIn();
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

  /** The server gets a descriptor of its own: that of the listener may be closed before it is born. */
  start(listener: Listener, peer: Peer | null): void {
    let fd: number;
    try {
      fd = this.#context.addon.duplicate(listener.fd, 0);
    } catch (error) {
      this.acceptFailed(listener, (error as SystemError).code);
      return;
    }
    listener.handOver();
    this.#start(fd, peer, listener);
  }

  // ---- events of instances

  started(instance: Instance, pid: number): void {
    this.#passOn();
    this.#settings.log.started(pid, instance.peer);
    if (instance.listener !== null) this.#context.addon.close(instance.fd);
  }

  ended(instance: Instance, exit: ExitStatus): void {
    const seconds = Math.floor((this.#context.clock.monotonic() - instance.startedAt) / 1000);
    this.#settings.log.ended(exit, seconds);
    this.#release(instance);
    if (instance.listener !== null) this.#handOvers.get(instance.listener)?.serverGone(instance, exit);
  }

  notStarted(instance: Instance): void {
    const { peer, listener, fd } = instance;
    this.#settings.log.failed('fork', peer);
    this.#passOn();
    this.#release(instance);
    if (listener === null) {
      this.#context.addon.refuse(fd, this.#settings.prepared.banners.failure);
      return;
    }
    this.#context.addon.close(fd);
    this.#handOvers.get(listener)?.serverNotStarted();
  }

  get #mode(): WatchMode {
    return this.service.wait ? 'ready' : 'accept';
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

  #isFull(): boolean {
    const { maxChildren } = this.service;
    return this.#isHeldUp || (maxChildren !== null && this.running >= maxChildren);
  }

  /** One server less is on its way. */
  #passOn(): void {
    this.#unborn--;
    if (!this.#isHeldUp || this.#unborn > mostUnborn / 2) return;
    this.#isHeldUp = false;
    if (!this.#draining) this.#letWaitingIn();
  }

  /** Serves connections until the most children run; the others wait, here and in the kernel. */
  #letWaitingIn(): void {
    while (!this.#isFull()) {
      const client = this.#queue.next();
      if (client === undefined) break;
      this.#serve(client);
    }
    for (const listener of this.#listeners) {
      if (this.#isFull()) listener.pause('most children');
      else listener.resume('most children');
    }
  }

  #serve({ fd, address }: Client): void {
    const { addon } = this.#context;
    const { banners } = this.#settings.prepared;
    const peer = peerOf(address);
    this.#greet(fd, banners.always);
    if (!this.admit(peer).admitted) {
      addon.refuse(fd, banners.failure);
      return;
    }
    this.#greet(fd, banners.success);
    this.#start(fd, peer, null);
  }

  /** A client that has gone meanwhile is for its server to notice, as in xinetd. */
  #greet(fd: number, banner: Buffer | null): void {
    if (banner === null) return;
    try {
      this.#context.addon.send(fd, banner);
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }

  #start(fd: number, peer: Peer | null, listener: Listener | null): void {
    const { instances, starter, clock } = this.#context;
    this.#usage.running++;
    this.#unborn++;
    if (this.#unborn >= mostUnborn) this.#isHeldUp = true;
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
    this.#letWaitingIn();
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

  #suspend(seconds: number): void {
    if (!this.#suspension.begin(this.service.name, seconds, () => this.open())) return;
    this.#queue.clear();
    this.#closeForNow();
  }

  #closeForNow(): void {
    for (const listener of this.#listeners) listener.suspend();
  }
}
