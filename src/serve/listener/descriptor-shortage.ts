import type { Clock, Timer } from '../clock.ts';
import { errnoText } from '../errno-text.ts';
import type { ProgramLog } from '../log/program-log.ts';
import type { Listener } from './listener.ts';

/**
 * Milliseconds after which accepting is tried again when no server has ended in between, and for which it must work before the
 * shortage counts as over.
 */
const period = 1000;

/**
 * What happens when accept(2) runs out of descriptors or memory: the listeners pause, their clients wait in the kernel, and as
 * soon as a server ends they try again. It is said once when it begins and once when it is over.
 */
export class DescriptorShortage {
  readonly #clock: Clock;
  readonly #log: ProgramLog;
  readonly #paused = new Set<Listener>();
  /** Runs from the first failure until the shortage is over. */
  #timer: Timer | null = null;
  #hitLately = false;

  constructor(clock: Clock, log: ProgramLog) {
    this.#clock = clock;
    this.#log = log;
  }

  hit(listener: Listener, code: string): void {
    this.#hitLately = true;
    this.#paused.add(listener);
    listener.pause('no descriptors');
    if (this.#timer !== null) return;
    this.#log.write('ERROR', `accept: ${errnoText(code)}: clients wait until servers end`);
    this.#lookAgainLater();
  }

  /** Something may be free again. */
  relieved(): void {
    if (this.#paused.size === 0) return;
    const listeners = [...this.#paused];
    this.#paused.clear();
    for (const listener of listeners) listener.resume('no descriptors');
  }

  /** The daemon ends. */
  stop(): void {
    this.#timer?.cancel();
  }

  #lookAgainLater(): void {
    this.#timer = this.#clock.after(period, () => {
      if (this.#paused.size === 0 && !this.#hitLately) {
        this.#timer = null;
        this.#log.write('NOTICE', 'accepting connections again');
        return;
      }
      this.#hitLately = false;
      this.relieved();
      this.#lookAgainLater();
    });
  }
}
