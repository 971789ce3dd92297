import type { Instance } from './instance.ts';
import { NumberTable } from './number-table.ts';

/** What is known of an instance when it is admitted. */
export type NewInstance = Omit<Instance, 'token' | 'pid' | 'failures'>;

/** All instances, found by the token under which they were started and by their process. */
export class InstanceTable {
  readonly #byToken = new NumberTable<Instance>();
  readonly #byPid = new NumberTable<Instance>();
  #lastToken = 0;

  /** Admitted and not yet gone, whether their program runs already or not. */
  get size(): number {
    return this.#byToken.size;
  }

  add({ owner, peer, fd, listener, startedAt }: NewInstance): Instance {
    const token = this.#freeToken();
    const instance: Instance = { token, owner, peer, fd, listener, startedAt, pid: null, failures: 0 };
    this.#byToken.set(instance.token, instance);
    return instance;
  }

  byToken(token: number): Instance | undefined {
    return this.#byToken.get(token);
  }

  byPid(pid: number): Instance | undefined {
    return this.#byPid.get(pid);
  }

  setPid(instance: Instance, pid: number): void {
    instance.pid = pid;
    this.#byPid.set(pid, instance);
  }

  remove(instance: Instance): void {
    this.#byToken.delete(instance.token);
    if (instance.pid !== null) this.#byPid.delete(instance.pid);
  }

  /** In the order in which they were admitted. */
  [Symbol.iterator](): IterableIterator<Instance> {
    return [...this.#byToken.values()].toSorted((left, right) => left.token - right.token).values();
  }

  /** Tokens have 32 bits, so the count begins again after two thousand million starts. */
  #freeToken(): number {
    do this.#lastToken = (this.#lastToken + 1) & 0x7fff_ffff;
    while (this.#byToken.get(this.#lastToken) !== undefined);
    return this.#lastToken;
  }
}
