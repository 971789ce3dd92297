import { readFile } from 'node:fs';
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
      this.#read();
      this.start();
    });
  }

  stop(): void {
    this.#timer?.cancel();
  }

  #read(): void {
    readFile('/proc/loadavg', 'latin1', (error, text) => {
      // Without /proc nothing can be said, and a service that must not run under load must not run.
      this.#load = error === null ? Number.parseFloat(text) : Number.POSITIVE_INFINITY;
    });
  }
}
