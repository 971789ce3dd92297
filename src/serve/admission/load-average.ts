import { readFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import type { Clock, Timer } from '../clock.ts';

/** The kernel computes it every five seconds. */
const period = 5000;

/** The load average over one minute, read beside the event loop; looked at only while a service has max_load. */
export class LoadAverage {
  readonly #clock: Clock;
  #load: number;
  #timer: Timer | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#load = loadavg()[0] ?? 0;
  }

  get value(): number {
    return this.#load;
  }

  start(): void {
    this.#timer = this.#clock.after(period, () => {
      void this.#read();
      this.start();
    });
  }

  stop(): void {
    this.#timer?.cancel();
  }

  async #read(): Promise<void> {
    try {
      const load = Number.parseFloat(await readFile('/proc/loadavg', 'latin1'));
      if (Number.isFinite(load)) this.#load = load;
    } catch {
      // Without /proc nothing can be said, and a service that must not run under load must not run.
      this.#load = Number.POSITIVE_INFINITY;
    }
  }
}
