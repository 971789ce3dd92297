import { RateWindow } from './rate-window.ts';

/** Clients remembered at most; beyond, the longest remembered is forgotten. */
const mostSources = 10_000;

/** A rate for each client address (FreeBSD's max-conn-per-ip-per-minute). Windows that are over are dropped on the way. */
export class SourceRates {
  readonly #limit: number;
  readonly #length: number;
  /** In the order in which the windows began, so that the ones that are over stand first. */
  readonly #windows = new Map<string, RateWindow>();

  constructor(limit: number, length: number) {
    this.#limit = limit;
    this.#length = length;
  }

  take(source: string, now: number): boolean {
    this.#dropOld(now);
    let window = this.#windows.get(source);
    if (window === undefined) {
      window = new RateWindow(this.#limit, this.#length);
      this.#windows.set(source, window);
    }
    return window.take(now);
  }

  get sources(): number {
    return this.#windows.size;
  }

  #dropOld(now: number): void {
    for (const [source, window] of this.#windows) {
      if (!window.isOver(now) && this.#windows.size < mostSources) return;
      this.#windows.delete(source);
    }
  }
}
