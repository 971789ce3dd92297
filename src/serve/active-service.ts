import type { Service } from '../model/service.ts';
import type { SocketAddress } from '../native/socket-types.ts';
import { Admission, type AdmissionContext } from './admission/admission.ts';
import type { Decision, Refused } from './admission/decision.ts';
import { SourceCounter } from './admission/source-counter.ts';
import type { Timer } from './clock.ts';
import { HandOver } from './hand-over.ts';
import type { ExitStatus, Instance, InstanceOwner } from './instance.ts';
import type { InstanceTable } from './instance-table.ts';
import type { DescriptorShortage } from './listener/descriptor-shortage.ts';
import { Listener, type ListenerContext, type ListenerOwner } from './listener/listener.ts';
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

/** A service that runs: its listeners, its rules, its counters, its log. */
export class ActiveService implements ListenerOwner, InstanceOwner {
  readonly prepared: PreparedService;
  readonly plan: number;
  readonly listeners: readonly Listener[];
  readonly #context: ServiceContext;
  readonly #admission: Admission;
  readonly #log: ServiceLog;
  readonly #usage = { running: 0, sources: new SourceCounter() };
  readonly #handOvers = new Map<Listener, HandOver>();
  #suspended: Timer | null = null;
  #draining = false;

  constructor(prepared: PreparedService, context: ServiceContext) {
    const { service, logTarget } = prepared;
    this.prepared = prepared;
    this.#context = context;
    this.plan = context.addon.compilePlan(prepared.plan);
    this.#admission = new Admission(service, prepared.rules, context.admission);
    this.#log = logTarget === null ? silentServiceLog : createServiceLog(service, logTarget, context.clock);
    const mode = service.wait ? 'ready' : 'accept';
    this.listeners = prepared.endpoints.map((endpoint) => new Listener(endpoint, mode, this, context));
    if (!service.wait) return;
    const datagrams = service.socketType === 'dgram' || service.socketType === 'raw';
    for (const listener of this.listeners) {
      this.#handOvers.set(listener, new HandOver(this, listener, datagrams, context));
    }
  }

  get id(): string {
    return this.service.id;
  }

  get service(): Service {
    return this.prepared.service;
  }

  get retriesFork(): boolean {
    return !this.service.flags.includes('NORETRY');
  }

  /** Servers of this service, also those that are just being started. */
  get running(): number {
    return this.#usage.running;
  }

  open(): void {
    for (const listener of this.listeners) listener.open();
  }

  /** Lets nobody in any more; servers go on. */
  drain(): void {
    this.#draining = true;
    this.#suspended?.cancel();
    for (const handOver of this.#handOvers.values()) handOver.stop();
    for (const listener of this.listeners) {
      listener.drain();
      if (this.running === 0) listener.drained();
    }
  }

  // ---- events of listeners

  accepted(listener: Listener, fd: number, address: SocketAddress): void {
    const { addon, shortage } = this.#context;
    const { banners } = this.prepared;
    const peer = peerOf(address);
    shortage.accepted();
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
    const decision = this.#admission.decide(peer, this.#usage);
    if (!decision.admitted) this.#refused(peer, decision);
    return decision;
  }

  start(listener: Listener, peer: Peer | null): void {
    listener.handOver();
    this.#start(listener.fd, peer, listener);
  }

  // ---- events of instances

  started(instance: Instance, pid: number): void {
    this.#log.started(pid, instance.peer);
  }

  ended(instance: Instance, exit: ExitStatus): void {
    const seconds = Math.floor((this.#context.clock.monotonic() - instance.startedAt) / 1000);
    this.#log.ended({ ...exit, seconds });
    this.#release(instance);
    if (instance.listener !== null) this.#handOvers.get(instance.listener)?.serverGone(instance, exit);
  }

  notStarted(instance: Instance): void {
    const { peer, listener, fd } = instance;
    this.#log.failed('fork', peer);
    this.#release(instance);
    if (listener === null) this.#context.addon.refuse(fd, this.prepared.banners.failure);
    else this.#handOvers.get(listener)?.serverNotStarted();
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
      if (this.running === 0) for (const listener of this.listeners) listener.drained();
      return;
    }
    if (this.service.maxChildren !== null) {
      for (const listener of this.listeners) listener.resume('most children');
    }
    this.#context.shortage.relieved();
  }

  #refused(peer: Peer | null, { reason, explanation, location, suspend }: Refused): void {
    this.#log.failed(reason, peer);
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
    for (const listener of this.listeners) {
      if (listener.state !== 'handed over') listener.close('suspended');
    }
    this.#suspended = clock.after(seconds * 1000, () => {
      this.#suspended = null;
      log.write('ERROR', `Activating service ${this.service.name}`);
      this.open();
    });
  }
}
