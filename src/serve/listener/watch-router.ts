import type { Addon, WatchMode } from '../../native/addon.ts';
import type { SocketAddress } from '../../native/socket-types.ts';

/** What can happen on a watched socket. */
export interface WatchHandler {
  accepted(fd: number, peer: SocketAddress): void;
  ready(): void;
  /** accept(2) failed for a lack that does not pass by itself; the watch is paused. */
  acceptFailed(code: string): void;
}

/** Which listener the events of a watch belong to. One look-up for each event, however many listeners there are. */
export class WatchRouter {
  readonly #addon: Addon;
  readonly #handlers = new Map<number, WatchHandler>();

  constructor(addon: Addon) {
    this.#addon = addon;
  }

  watch(fd: number, mode: WatchMode, handler: WatchHandler): number {
    const watch = this.#addon.watch(fd, mode);
    this.#handlers.set(watch, handler);
    return watch;
  }

  unwatch(watch: number): void {
    this.#addon.unwatch(watch);
    this.#handlers.delete(watch);
  }

  /** A connection may still be on its way when its watch is gone; nobody is there for it. */
  accepted(watch: number, fd: number, peer: SocketAddress): void {
    const handler = this.#handlers.get(watch);
    if (handler === undefined) this.#addon.close(fd);
    else handler.accepted(fd, peer);
  }

  ready(watch: number): void {
    this.#handlers.get(watch)?.ready();
  }

  acceptFailed(watch: number, code: string): void {
    this.#handlers.get(watch)?.acceptFailed(code);
  }
}
