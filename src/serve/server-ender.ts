import type { Clock, Timer } from './clock.ts';
import type { Instance } from './instance.ts';
import type { ProgramLog } from './log/program-log.ts';

export interface ServerEnderHost {
  readonly clock: Clock;
  readonly log: ProgramLog;
  /** kill(2): a negative process number is a process group. */
  readonly kill: (pid: number, signal: NodeJS.Signals) => void;
}

/**
 * Ends servers: TERM, and KILL for those that are still there after the grace time. xinetd sends KILL at once, so that no
 * server can tidy up. A server leads a session of its own, so its group is it and what it started.
 */
export class ServerEnder {
  readonly #host: ServerEnderHost;
  #grace: number;
  /** Servers that were told to end and are not gone yet; null while they are only being started. */
  readonly #ending = new Map<Instance, Timer | null>();

  constructor(host: ServerEnderHost, grace: number) {
    this.#host = host;
    this.#grace = grace;
  }

  end(instance: Instance): void {
    if (this.#ending.has(instance)) return;
    if (instance.pid === null) this.#ending.set(instance, null);
    else this.#terminate(instance, instance.pid);
  }

  /** A server runs now; one that was told to end before is ended. */
  started(instance: Instance, pid: number): void {
    if (this.#ending.has(instance)) this.#terminate(instance, pid);
  }

  /** A server is gone, or never came to be. */
  gone(instance: Instance): void {
    this.#ending.get(instance)?.cancel();
    this.#ending.delete(instance);
  }

  /** The grace time is over for all that were told to end, and there is none for those that are still being started. */
  hurry(): void {
    this.#grace = 0;
    for (const [instance, timer] of this.#ending) {
      timer?.cancel();
      this.#kill(instance);
    }
  }

  #terminate(instance: Instance, pid: number): void {
    const { clock, log } = this.#host;
    log.write('WARNING', `Sending signal 15 to ${instance.owner.id} server ${pid}`);
    this.#signal(pid, 'SIGTERM');
    this.#ending.set(
      instance,
      clock.after(this.#grace, () => this.#kill(instance)),
    );
  }

  #kill({ owner, pid }: Instance): void {
    if (pid === null) return;
    this.#host.log.write('WARNING', `Sending signal 9 to ${owner.id} server ${pid}`);
    this.#signal(pid, 'SIGKILL');
  }

  #signal(pid: number, signal: NodeJS.Signals): void {
    try {
      this.#host.kill(-pid, signal);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // It may just have ended.
      if (code !== 'ESRCH')
        this.#host.log.write('WARNING', `server ${pid} cannot be sent ${signal}: ${code}`);
    }
  }
}
