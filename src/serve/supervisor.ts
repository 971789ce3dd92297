import type { Addon, RuntimeOptions } from '../native/addon.ts';
import type { RuntimeEvent } from '../native/runtime-events.ts';
import { ActiveService, type ServiceContext } from './active-service.ts';
import type { Clock } from './clock.ts';
import { InstanceTable } from './instance-table.ts';
import { DescriptorShortage } from './listener/descriptor-shortage.ts';
import { WatchRouter } from './listener/watch-router.ts';
import type { ProgramLog } from './log/program-log.ts';
import type { PreparedService } from './prepared-service.ts';
import { Starter } from './spawn/starter.ts';

/** What the runtime needs from the outside. */
export interface SupervisorHost {
  readonly addon: Addon;
  readonly clock: Clock;
  readonly log: ProgramLog;
  /** Load average over one minute. */
  readonly load: () => number;
  /** kill(2): a negative process number is a process group. */
  readonly kill: (pid: number, signal: NodeJS.Signals) => void;
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

/** Runs services: starts the threads, hands events to whom they belong, stops in order. */
export class Supervisor {
  readonly #host: SupervisorHost;
  readonly #options: SupervisorOptions;
  readonly #instances = new InstanceTable();
  readonly #router: WatchRouter;
  readonly #starter: Starter;
  readonly #context: ServiceContext;
  #services: readonly ActiveService[] = [];
  #ending: NodeJS.Signals | null = null;
  #whenIdle: (() => void) | null = null;

  constructor(host: SupervisorHost, options: SupervisorOptions) {
    const { addon, clock, log, load } = host;
    this.#host = host;
    this.#options = options;
    this.#router = new WatchRouter(addon);
    this.#starter = new Starter(addon, clock, log, this.#instances);
    this.#context = {
      addon,
      clock,
      log,
      router: this.#router,
      instances: this.#instances,
      starter: this.#starter,
      shortage: new DescriptorShortage(clock, log),
      debug: options.debug,
      admission: {
        clock,
        load,
        serversInAll: () => this.#instances.size,
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
    this.#services = prepared.map((service) => new ActiveService(service, this.#context));
    for (const service of this.#services) service.open();
  }

  /** Ends every server (TERM, after the grace time KILL), then the threads. */
  async stop(): Promise<void> {
    this.#letNobodyIn();
    this.#end('SIGTERM');
    if (!(await this.#waitForServers(this.#options.grace))) {
      this.#host.log.write('WARNING', `${this.#instances.size} servers did not end in time, killing them`);
      this.#end('SIGKILL');
      await this.#waitForServers(killWait);
    }
    this.#host.addon.stop();
  }

  /** Somebody who asked for a stop does not want to wait for it. */
  killServers(): void {
    this.#end('SIGKILL');
  }

  /** Ends the threads and leaves the servers alone. */
  leave(): void {
    this.#letNobodyIn();
    this.#host.addon.stop();
  }

  #letNobodyIn(): void {
    for (const service of this.#services) service.drain();
    this.#context.shortage.stop();
    this.#starter.stop();
  }

  #end(signal: NodeJS.Signals): void {
    this.#ending = signal;
    for (const pid of this.#instances.pids()) this.#signal(pid, signal);
  }

  /** Servers lead a session of their own, so that the group is the server and what it started. */
  #signal(pid: number, signal: NodeJS.Signals): void {
    try {
      this.#host.kill(-pid, signal);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ESRCH')
        this.#host.log.write('WARNING', `server ${pid} cannot be sent ${signal}: ${code}`);
    }
  }

  /** False when servers are left after so many milliseconds. */
  #waitForServers(milliseconds: number): Promise<boolean> {
    if (this.#instances.size === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = this.#host.clock.after(milliseconds, () => {
        this.#whenIdle = null;
        resolve(false);
      });
      this.#whenIdle = () => {
        this.#whenIdle = null;
        timer.cancel();
        resolve(true);
      };
    });
  }

  #handle(events: readonly RuntimeEvent[]): void {
    for (const event of events) {
      try {
        this.#dispatch(event);
      } catch (error) {
        // A defect in one service must not take the others down, and must not stay unseen.
        this.#host.log.write('CRITICAL', `${event.kind}: ${(error as Error).stack ?? error}`);
      }
    }
    this.#starter.continue();
    if (this.#instances.size === 0) this.#whenIdle?.();
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
        // A start that was under way when the servers were told to end.
        if (this.#ending !== null) this.#signal(event.pid, this.#ending);
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
