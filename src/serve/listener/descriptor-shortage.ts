import type { Clock, Timer } from '../clock.ts';
import { errnoText } from '../errno-text.ts';
import type { ProgramLog } from '../log/program-log.ts';
import type { Listener } from './listener.ts';

/** Milliseconds until accepting is tried again when no server has ended in between. */
const retryDelay = 1000;

/**
 * What happens when accept(2) runs out of descriptors or memory: the listeners pause, their clients wait in the kernel, and as
 * soon as a server ends they try again. It is said once when it begins and once when it is over.
 */
export class DescriptorShortage {
  readonly #clock: Clock;
  readonly #log: ProgramLog;
  readonly #paused = new Set<Listener>();
  #reported = false;
  #timer: Timer | null = null;

  constructor(clock: Clock, log: ProgramLog) {
    this.#clock = clock;
    this.#log = log;
  }

  hit(listener: Listener, code: string): void {
    if (!this.#reported)
      this.#log.write('ERROR', `accept: ${errnoText(code)}: no connections until servers end`);
    this.#reported = true;
    this.#paused.add(listener);
    listener.pause('no descriptors');
    this.#timer ??= this.#clock.after(retryDelay, () => this.relieved());
  }

  /** A connection was accepted. */
  accepted(): void {
    if (!this.#reported || this.#paused.size > 0) return;
    this.#reported = false;
    this.#log.write('NOTICE', 'accepting connections again');
  }

  /** The daemon ends. */
  stop(): void {
    this.#timer?.cancel();
  }

  /** Something may be free again. */
  relieved(): void {
    if (this.#paused.size === 0) return;
    this.#timer?.cancel();
    this.#timer = null;
    const listeners = [...this.#paused];
    this.#paused.clear();
    for (const listener of listeners) listener.resume('no descriptors');
  }
}
