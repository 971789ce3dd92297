import type { Clock, Timer } from '../../../src/serve/clock.ts';

/** A clock that stands still until the test moves it. */
export class FakeClock implements Clock {
  #time: number;
  #timers: { readonly at: number; readonly action: () => void }[] = [];

  constructor(start = new Date(2026, 10, 3, 9, 5, 0).getTime()) {
    this.#time = start;
  }

  now(): number {
    return this.#time;
  }

  monotonic(): number {
    return this.#time;
  }

  after(milliseconds: number, action: () => void): Timer {
    const timer = { at: this.#time + milliseconds, action };
    this.#timers.push(timer);
    return {
      cancel: () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
      },
    };
  }

  /** Lets time pass; what falls due happens in order. */
  advance(milliseconds: number): void {
    const end = this.#time + milliseconds;
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== due);
      this.#time = due.at;
      due.action();
    }
    this.#time = end;
  }

  get pending(): number {
    return this.#timers.length;
  }
}
