import type { Addon } from '../native/addon.ts';
import type { SocketAddress } from '../native/socket-types.ts';

/** A connection for which nothing has been decided yet. */
export interface Client {
  readonly fd: number;
  readonly address: SocketAddress;
}

/**
 * Connections that were on their way when their listener was paused, because the most children run: they wait here as the
 * ones behind them wait in the kernel.
 */
export class ClientQueue {
  readonly #addon: Addon;
  #clients: Client[] = [];

  constructor(addon: Addon) {
    this.#addon = addon;
  }

  add(client: Client): void {
    this.#clients.push(client);
  }

  next(): Client | undefined {
    return this.#clients.shift();
  }

  /** Lets them go, as the kernel does with its own when the listener is closed. */
  clear(): void {
    for (const { fd } of this.#clients) this.#addon.close(fd);
    this.#clients = [];
  }
}
