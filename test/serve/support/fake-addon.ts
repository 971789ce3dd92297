import type { Addon, WatchMode } from '../../../src/native/addon.ts';
import type { RuntimeEvent } from '../../../src/native/runtime-events.ts';
import type { SocketAddress, SocketOptions } from '../../../src/native/socket-types.ts';
import type { SpawnPlan, SpawnRequest } from '../../../src/native/spawn-types.ts';
import { makeSystemError } from '../../../src/native/system-error.ts';

export interface FakeSocket {
  readonly options: SocketOptions;
  watch: number;
  mode: WatchMode | null;
  armed: boolean;
  listening: boolean;
  /** Datagrams that wait. */
  readonly queue: { readonly peer: SocketAddress; readonly data: string; readonly arrival: number }[];
}

/** Errno numbers the tests make sockets fail with. */
export const errnos = {
  EADDRINUSE: 98,
  EADDRNOTAVAIL: 99,
  EAFNOSUPPORT: 97,
  EACCES: 13,
  ENOSPC: 28,
  EMFILE: 24,
  ENOMEM: 12,
  ECONNRESET: 104,
};

/**
 * The addon without a kernel: sockets are records, and the test says what happens on them. What the runtime asked for can be
 * read from `sockets`, `starts`, `refused` and `closed`.
 */
export class FakeAddon {
  readonly sockets = new Map<number, FakeSocket>();
  readonly plans: SpawnPlan[] = [];
  readonly starts: SpawnRequest[] = [];
  readonly refused: { readonly fd: number; readonly message: string | null }[] = [];
  readonly closed: number[] = [];
  readonly sent: { readonly fd: number; readonly text: string }[] = [];
  /** How many starts the queue still takes. */
  room = Number.POSITIVE_INFINITY;
  /** Makes openSocket fail with an errno; null lets it pass. */
  failure: (options: SocketOptions) => number | null = () => null;
  /** Makes other calls fail with an errno. */
  failures: { readonly [Call in keyof Addon]?: number } = {};
  stopped = false;
  #onEvents: (events: readonly RuntimeEvent[]) => void = () => undefined;
  #lastNumber = 100;

  /** The part of the addon that the runtime calls. */
  get addon(): Addon {
    const calls: Partial<Addon> = {
      openSocket: (options) => this.#open(options),
      removeSocketFile: () => {},
      socketInfo: (fd) => {
        const { options, listening } = this.#socket(fd);
        const name = { family: options.family, address: options.address ?? '', port: options.port ?? 0 };
        return { name, type: options.type, protocol: 0, listening };
      },
      start: (_options, onEvents) => {
        this.#onEvents = onEvents;
      },
      stop: () => {
        this.stopped = true;
      },
      watch: (fd, mode) => {
        const socket = this.#socket(fd);
        Object.assign(socket, { watch: ++this.#lastNumber, mode, armed: true });
        return socket.watch;
      },
      unwatch: (watch) => Object.assign(this.#byWatch(watch), { mode: null, armed: false }),
      pauseWatch: (watch) => Object.assign(this.#byWatch(watch), { armed: false }),
      resumeWatch: (watch) => Object.assign(this.#byWatch(watch), { armed: true }),
      releasePlan: () => undefined,
      compilePlan: (plan) => this.plans.push(plan) - 1,
      spawn: (request) => {
        if (this.room <= 0) return false;
        this.room--;
        this.starts.push(request);
        return true;
      },
      peekDatagram: (fd) => {
        const first = this.#socket(fd).queue[0];
        return first === undefined ? null : { sender: first.peer, arrival: `${first.arrival}` };
      },
      discardDatagram: (fd) => this.#socket(fd).queue.shift() !== undefined,
      refuse: (fd, message) => {
        this.refused.push({ fd, message: message === null ? null : Buffer.from(message).toString() });
      },
      send: (fd, data) => {
        this.sent.push({ fd, text: Buffer.from(data).toString() });
        return data.length;
      },
      duplicate: (fd, minimum) => {
        const copy = minimum + ++this.#lastNumber;
        this.sockets.set(copy, this.#socket(fd));
        return copy;
      },
      close: (fd) => {
        this.closed.push(fd);
        this.sockets.delete(fd);
      },
    };
    return new Proxy(calls as Addon, {
      get: (addon, name: keyof Addon) => {
        const errno = this.failures[name];
        if (errno !== undefined) throw makeSystemError(errno, name, '');
        return addon[name];
      },
    });
  }

  /** The only socket, or the one at a place. */
  socket(index = 0): FakeSocket {
    const socket = [...this.sockets.values()][index];
    if (socket === undefined) throw new Error(`there is no socket ${index}`);
    return socket;
  }

  /** A client connects; returns the descriptor of the connection. */
  connect(address: string, socket = this.socket()): number {
    const fd = ++this.#lastNumber;
    const family = address.includes(':') ? 'inet6' : 'inet';
    this.emit({ kind: 'accepted', watch: socket.watch, fd, peer: { family, address, port: 40_000 } });
    return fd;
  }

  /** A datagram arrives, and the watch tells if it is armed. */
  receive(address: string, data: string, socket = this.socket()): void {
    const arrival = ++this.#lastNumber;
    socket.queue.push({ peer: { family: 'inet', address, port: 40_000 }, data, arrival });
    this.tellReady(socket);
  }

  tellReady(socket = this.socket()): void {
    if (!socket.armed) return;
    socket.armed = false;
    this.emit({ kind: 'ready', watch: socket.watch });
  }

  /** The server of a start runs; its process is its token plus 1000. */
  run(start = this.starts.at(-1)): number {
    if (start === undefined) throw new Error('nothing was started');
    const pid = start.token + 1000;
    this.emit({ kind: 'spawned', token: start.token, pid });
    return pid;
  }

  exit(pid: number, how: { readonly status?: number; readonly signal?: number } = {}): void {
    const { signal = null } = how;
    const status = signal === null ? (how.status ?? 0) : null;
    this.emit({ kind: 'exited', pid, status, signal, cpuMicros: 0 });
  }

  emit(...events: RuntimeEvent[]): void {
    this.#onEvents(events);
  }

  #open(options: SocketOptions): { fd: number; name: SocketAddress } {
    const failure = this.failure(options);
    if (failure !== null) throw makeSystemError(failure, 'bind', '');
    const fd = ++this.#lastNumber;
    this.sockets.set(fd, { options, watch: 0, mode: null, armed: false, listening: true, queue: [] });
    const { family, address = family === 'inet6' ? '::' : '0.0.0.0', port = 0 } = options;
    return { fd, name: { family, address, port: port === 0 ? 50_000 + fd : port } };
  }

  #socket(fd: number): FakeSocket {
    const socket = this.sockets.get(fd);
    if (socket === undefined) throw new Error(`descriptor ${fd} is not open`);
    return socket;
  }

  #byWatch(watch: number): FakeSocket {
    for (const socket of this.sockets.values()) if (socket.watch === watch) return socket;
    throw new Error(`watch ${watch} does not exist`);
  }
}
