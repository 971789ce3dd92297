import type { Addon, RuntimeOptions } from '../native/addon.ts';
import type { RuntimeEvent } from '../native/runtime-events.ts';
import { ActiveService, type ServiceContext } from './active-service.ts';
import { type Clock, guardClock } from './clock.ts';
import { findInconsistencies } from './consistency.ts';
import type { Instance } from './instance.ts';
import { InstanceTable } from './instance-table.ts';
import { DescriptorShortage } from './listener/descriptor-shortage.ts';
import type { Listener } from './listener/listener.ts';
import { ListenerPool } from './listener/listener-pool.ts';
import { listenerBase } from './listener/move-high.ts';
import type { WaitingClients } from './listener/waiting-clients.ts';
import { WatchRouter } from './listener/watch-router.ts';
import type { ProgramLog } from './log/program-log.ts';
import { matchServices } from './match-services.ts';
import type { PreparedService } from './prepared-service.ts';
import { ServerEnder, type ServerEnderHost } from './server-ender.ts';
import { Starter } from './spawn/starter.ts';

/** What the runtime needs from the outside. */
export interface SupervisorHost extends ServerEnderHost {
  readonly addon: Addon;
  readonly clock: Clock;
  readonly log: ProgramLog;
  /** Load average over one minute. */
  readonly load: () => number;
  /** How many descriptors this process may have. */
  readonly descriptorLimit: number;
  readonly waitingClients: WaitingClients;
}

export interface SupervisorOptions {
  /** -limit: servers of all services; null is no limit. */
  readonly processLimit: number | null;
  /** Milliseconds between TERM and KILL when servers are ended. */
  readonly grace: number;
  readonly debug: boolean;
  readonly runtime?: RuntimeOptions;
}

/** After KILL a server that the kernel holds may stay; it is waited for no longer than this (milliseconds). */
const killWait = 1000;

/** Runs services: starts the threads, hands events to whom they belong, changes to other settings, stops in order. */
export class Supervisor {
  readonly #host: SupervisorHost;
  readonly #options: SupervisorOptions;
  readonly #instances = new InstanceTable();
  readonly #router: WatchRouter;
  readonly #starter: Starter;
  readonly #ender: ServerEnder;
  readonly #context: ServiceContext;
  #services: readonly ActiveService[] = [];
  #whenIdle: (() => void) | null = null;
  #whenHurried: (() => void) | null = null;

  constructor(host: SupervisorHost, options: SupervisorOptions) {
    const { addon, log, load } = host;
    const clock = guardClock(host.clock, (error) => this.#reportDefect('timer', error));
    const instances = this.#instances;
    this.#host = host;
    this.#options = options;
    this.#router = new WatchRouter(addon);
    this.#ender = new ServerEnder({ ...host, clock }, options.grace);
    this.#starter = new Starter({ addon, clock, log, instances, ender: this.#ender });
    this.#context = {
      addon,
      clock,
      log,
      router: this.#router,
      listenerBase: listenerBase(host.descriptorLimit),
      instances,
      starter: this.#starter,
      shortage: new DescriptorShortage(clock, log),
      waitingClients: host.waitingClients,
      debug: options.debug,
      admission: {
        clock,
        load,
        serversInAll: () => instances.size,
        processLimit: options.processLimit,
      },
    };
  }

  get services(): readonly ActiveService[] {
    return this.#services;
  }

  /** Servers that run or are being started. */
  get instances(): number {
    return this.#instances.size;
  }

  start(prepared: readonly PreparedService[]): void {
    this.#host.addon.start(this.#options.runtime ?? {}, (events) => this.#handle(events));
    this.#apply(prepared);
  }

  /**
   * Changes to another configuration. A service that stays keeps its servers, counters and, where its endpoints are the same,
   * its sockets; the servers of one that goes are ended.
   */
  reconfigure(prepared: readonly PreparedService[]): void {
    const { log } = this.#host;
    const before = this.#services.length;
    const dropped = this.#apply(prepared);
    for (const { id } of dropped) log.write('NOTICE', `service ${id} deactivated`);
    for (const instance of this.#instances) {
      if (!instance.owner.stillWants(instance)) this.#end(instance);
    }
    const kept = before - dropped.length;
    const added = this.#services.length - kept;
    log.write('NOTICE', `Reconfigured: new=${added} old=${kept} dropped=${dropped.length} (services)`);
  }

  /** Ends every server (TERM, after the grace time KILL), then the threads. */
  async stop(): Promise<void> {
    this.#letNobodyIn();
    for (const instance of this.#instances) this.#ender.end(instance);
    await this.#waitForServers(this.#options.grace + killWait);
    this.#host.addon.stop();
  }

  /** Somebody who asked for a stop does not want to wait for it. */
  hurry(): void {
    this.#ender.hurry();
    this.#whenHurried?.();
  }

  /** Ends the threads and leaves the servers alone. */
  leave(): void {
    this.#letNobodyIn();
    this.#host.addon.stop();
  }

  /** What does not fit together in the counters and states, in words; nothing when all is well. */
  findInconsistencies(): string[] {
    return findInconsistencies(this.#services, this.#instances);
  }

  /** Returns the services that are no more. */
  #apply(prepared: readonly PreparedService[]): ActiveService[] {
    const { pairs, dropped } = matchServices(this.#services, prepared);
    const gone = new Set(dropped);
    const retired = this.#services.flatMap((service) => (gone.has(service) ? service.retire() : []));
    this.#services = pairs.map(({ current, next }) => {
      if (current === null) return new ActiveService(next, this.#context);
      this.#host.log.write('NOTICE', `readjusting service ${current.id}`);
      current.reconfigure(next);
      return current;
    });
    const released = this.#services.flatMap((service) => service.releaseListeners());
    const pool = new ListenerPool([...retired, ...released]);
    for (const service of this.#services) service.takeListeners(pool);
    this.#closeListeners(pool.left);
    for (const service of this.#services) service.open();
    return dropped;
  }

  /** Closes sockets that are in use no more; a server that holds one of them would go on serving there. */
  #closeListeners(listeners: ReadonlySet<Listener>): void {
    for (const listener of listeners) listener.close('not in the configuration any more');
    for (const instance of this.#instances) {
      if (instance.listener !== null && listeners.has(instance.listener)) this.#end(instance);
    }
  }

  #end(instance: Instance): void {
    if (!this.#starter.drop(instance)) this.#ender.end(instance);
  }

  #letNobodyIn(): void {
    for (const service of this.#services) service.drain();
    this.#context.shortage.stop();
    this.#starter.stop();
  }

  /** Resolves when no server is left, or after so many milliseconds. */
  #waitForServers(milliseconds: number): Promise<void> {
    if (this.#instances.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        this.#whenIdle = this.#whenHurried = null;
        timer.cancel();
        resolve();
      };
      let timer = this.#host.clock.after(milliseconds, done);
      this.#whenIdle = done;
      // Servers that run are killed now; one whose program hangs ends with the threads.
      this.#whenHurried = () => {
        this.#whenHurried = null;
        timer.cancel();
        timer = this.#host.clock.after(killWait, done);
      };
    });
  }

  #handle(events: readonly RuntimeEvent[]): void {
    for (const event of events) {
      try {
        this.#dispatch(event);
      } catch (error) {
        this.#reportDefect(event.kind, error);
      }
    }
    this.#starter.continue();
    if (this.#instances.size === 0) this.#whenIdle?.();
  }

  /** A defect in one service must not take the others down, and must not stay unseen. */
  #reportDefect(where: string, error: unknown): void {
    this.#host.log.write('CRITICAL', `${where}: ${error instanceof Error ? error.stack : error}`);
  }

  #dispatch(event: RuntimeEvent): void {
    switch (event.kind) {
      case 'accepted':
        this.#router.accepted(event.watch, event.fd, event.peer);
        break;
      case 'ready':
        this.#router.ready(event.watch);
        break;
      case 'accept-failed':
        this.#router.acceptFailed(event.watch, event.code);
        break;
      case 'spawned':
        this.#starter.spawned(event);
        break;
      case 'spawn-failed':
        this.#starter.failed(event);
        break;
      case 'exited':
        this.#starter.exited(event);
        break;
    }
  }
}
