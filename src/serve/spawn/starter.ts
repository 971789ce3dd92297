import type { Addon } from '../../native/addon.ts';
import type { ExitedEvent, SpawnedEvent, SpawnFailedEvent } from '../../native/runtime-events.ts';
import type { SpawnStep } from '../../native/spawn-types.ts';
import { isSystemError } from '../../native/system-error.ts';
import type { Clock, Timer } from '../clock.ts';
import { errnoText } from '../errno-text.ts';
import type { Instance } from '../instance.ts';
import type { InstanceTable } from '../instance-table.ts';
import type { ProgramLog } from '../log/program-log.ts';
import type { ServerEnder } from '../server-ender.ts';

/** As xinetd: every five seconds, and the fifth failure in a row ends it. */
const retryDelay = 5000;
const mostFailures = 5;

/** xinetd's word for the client of a stream service with wait = yes. */
const noAddress = '<no address>';

export interface StarterContext {
  readonly addon: Addon;
  readonly clock: Clock;
  readonly log: ProgramLog;
  readonly instances: InstanceTable;
  readonly ender: ServerEnder;
}

/**
 * Starts the servers of admitted instances: hands them to the spawner threads, keeps those that did not fit into their queue,
 * and tries again where the system has no process or memory left. Every instance ends in exactly one call to its owner.
 */
export class Starter {
  readonly #addon: Addon;
  readonly #clock: Clock;
  readonly #log: ProgramLog;
  readonly #instances: InstanceTable;
  readonly #ender: ServerEnder;
  #waiting: Instance[] = [];
  readonly #retries = new Map<Instance, Timer>();
  #stopped = false;

  constructor({ addon, clock, log, instances, ender }: StarterContext) {
    this.#addon = addon;
    this.#clock = clock;
    this.#log = log;
    this.#instances = instances;
    this.#ender = ender;
  }

  start(instance: Instance): void {
    if (this.#waiting.length > 0 || !this.#offer(instance)) this.#waiting.push(instance);
  }

  /** Offers again what the queue of the spawners could not take; called after each batch of events. */
  continue(): void {
    let taken = 0;
    // Grows on the way: when a start is given up the next client is let in.
    for (const instance of this.#waiting) {
      if (!this.#offer(instance)) break;
      taken++;
    }
    if (taken > 0) this.#waiting.splice(0, taken);
  }

  spawned({ token, pid }: SpawnedEvent): void {
    const instance = this.#instances.byToken(token);
    if (instance === undefined) return;
    this.#instances.setPid(instance, pid);
    instance.startedAt = this.#clock.monotonic();
    instance.owner.started(instance, pid);
    this.#ender.started(instance, pid);
  }

  failed({ token, step, code }: SpawnFailedEvent): void {
    const instance = this.#instances.byToken(token);
    if (instance !== undefined) this.#failed(instance, step, code);
  }

  #failed(instance: Instance, step: SpawnStep, code: string): void {
    const { id, retriesFork } = instance.owner;
    if (!isLack(step, code)) {
      this.#log.write('ERROR', `service ${id}: server not started, ${describeFailure(step, code)}`);
      this.#giveUp(instance);
      return;
    }
    this.#log.write('ERROR', `${id}: fork failed: ${errnoText(code)}`);
    instance.failures++;
    if (retriesFork && instance.failures < mostFailures && !this.#stopped) {
      this.#retryLater(instance);
      return;
    }
    if (retriesFork) this.#log.write('ERROR', `service ${id}: too many consecutive fork failures`);
    this.#giveUp(instance);
  }

  /** A child was reaped; one that is not ours is an orphan that came to PID 1. */
  exited({ pid, status, signal }: ExitedEvent): void {
    const instance = this.#instances.byPid(pid);
    if (instance === undefined) return;
    this.#instances.remove(instance);
    this.#ender.gone(instance);
    instance.owner.ended(instance, { pid, status, signal });
  }

  /** Gives up a start that is still to be tried; false when the spawners have it already. */
  drop(instance: Instance): boolean {
    const retry = this.#retries.get(instance);
    if (retry === undefined && !this.#waiting.includes(instance)) return false;
    retry?.cancel();
    this.#retries.delete(instance);
    this.#waiting = this.#waiting.filter((other) => other !== instance);
    this.#log.write('NOTICE', `dropping retry attempt for service ${instance.owner.id}`);
    this.#giveUp(instance);
    return true;
  }

  /** From now on nothing is tried again; what waits is given up. */
  stop(): void {
    this.#stopped = true;
    const waiting = [...this.#waiting, ...this.#retries.keys()];
    this.#waiting = [];
    for (const timer of this.#retries.values()) timer.cancel();
    this.#retries.clear();
    for (const instance of waiting) this.#giveUp(instance);
  }

  /** False when the spawners' queue is full. A start for which there is no memory here has failed like any other. */
  #offer(instance: Instance): boolean {
    try {
      return this.#spawn(instance);
    } catch (error) {
      if (!isSystemError(error)) {
        this.#giveUp(instance);
        throw error;
      }
      this.#failed(instance, 'fork', error.code);
      return true;
    }
  }

  #spawn(instance: Instance): boolean {
    const { fd, owner, token, listener, peer } = instance;
    return this.#addon.spawn({
      plan: owner.plan,
      token,
      stdio: [fd, fd, fd],
      close: listener === null ? fd : -1,
      env: [`REMOTE_HOST=${peer?.address ?? noAddress}`],
    });
  }

  #retryLater(instance: Instance): void {
    const timer = this.#clock.after(retryDelay, () => {
      this.#retries.delete(instance);
      if (instance.owner.stillWants(instance)) this.start(instance);
      else this.#giveUp(instance);
    });
    this.#retries.set(instance, timer);
  }

  #giveUp(instance: Instance): void {
    this.#instances.remove(instance);
    this.#ender.gone(instance);
    instance.owner.notStarted(instance);
  }
}

/**
 * What may be there in a moment. EAGAIN of exec stands for a user's RLIMIT_NPROC, which Linux checks there after a change of
 * user; memory can be wanting at any step, as vfork needs none of it.
 */
function isLack(step: SpawnStep, code: string): boolean {
  return (
    (step === 'fork' && code !== 'ECANCELED') || (step === 'exec' && code === 'EAGAIN') || code === 'ENOMEM'
  );
}

function describeFailure(step: SpawnStep, code: string): string {
  if (step === 'killed') return `killed before its program ran: ${code}`;
  return `${step} failed: ${errnoText(code)}`;
}
