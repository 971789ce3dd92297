import type { Listener } from './listener.ts';

/** Sockets that nobody needs any more when the configuration changes, for services that begin where they are. */
export class ListenerPool {
  readonly #left: Set<Listener>;
  readonly #byKey = new Map<string, Listener[]>();

  constructor(listeners: Iterable<Listener>) {
    this.#left = new Set(listeners);
    for (const listener of this.#left) {
      if (!listener.canPassOn) continue;
      const equal = this.#byKey.get(listener.key);
      if (equal === undefined) this.#byKey.set(listener.key, [listener]);
      else equal.push(listener);
    }
  }

  take(key: string): Listener | undefined {
    const listener = this.#byKey.get(key)?.shift();
    if (listener !== undefined) this.#left.delete(listener);
    return listener;
  }

  /** What nobody has taken. */
  get left(): ReadonlySet<Listener> {
    return this.#left;
  }
}
