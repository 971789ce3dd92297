import type { RuntimeEvent } from './runtime-events.ts';
import type {
  OpenedSocket,
  SocketAddress,
  SocketInfo,
  SocketOptions,
  WaitingDatagram,
} from './socket-types.ts';
import type { ResourceLimit, ResourceName, SpawnPlan, SpawnRequest } from './spawn-types.ts';
import type { Group, User } from './user-types.ts';

/** Sizes and limits of the threads behind the addon; the defaults are right for a daemon. */
export interface RuntimeOptions {
  /** Servers that are started at a time, 1 to 4. Default: one per processor. */
  readonly spawners?: number;
  /**
   * Starts that may be queued. No connection is accepted from half of it on, nor while two wait for each spawner, beside those
   * of a program that hangs. Default 1024.
   */
  readonly spawnQueue?: number;
  /** Connections accepted and not yet handed over, beyond which accepting waits. Default 256. */
  readonly acceptQueue?: number;
  /**
   * Milliseconds a child may take to reach exec before it is killed. Default 5000. Those that take more than 100 do not
   * keep others from being started, as long as there are fewer than eight more than `spawners`.
   */
  readonly execTimeout?: number;
  /**
   * Do without close_range(2) and polled pidfds, as on kernels before 5.9 and 5.3: a start then costs more with many
   * descriptors, an end more with many running servers.
   */
  readonly oldKernel?: boolean;
}

/**
 * accept: the thread accepts and delivers `accepted` events. ready: one `ready` event when the descriptor becomes
 * readable, then silence until `resumeWatch`; nothing is read (wait=yes services, datagrams, a connection to be looked at).
 */
export type WatchMode = 'accept' | 'ready';

/**
 * What Node cannot do and `xcfg serve` needs; native/README.md says for each call why. Every descriptor made here is
 * close-on-exec. Calls that fail throw a SystemError (system-error.ts) unless they say otherwise; wrong argument types throw a TypeError.
 * No call blocks, except that the user and group look-ups wait for the name service: they are for load time.
 */
export interface Addon {
  // ---- sockets

  /** Creates, configures, binds and, for stream and seqpacket, listens. A stale unix socket at the path is replaced. */
  openSocket(options: SocketOptions): OpenedSocket;

  /** Removes the file of a UNIX socket that was made so, if nobody listens on it any more. Other sockets have none. */
  removeSocketFile(options: SocketOptions): void;
  /** What a descriptor inherited from the parent (socket activation) is. ENOTSOCK when it is no socket. */
  socketInfo(fd: number): SocketInfo;
  /** The address a connection came in on: getsockname(2). */
  socketName(fd: number): SocketAddress;
  /** The other end: getpeername(2). null when not connected. */
  peerName(fd: number): SocketAddress | null;
  /** The next datagram, which stays queued. null when none is there. */
  peekDatagram(fd: number): WaitingDatagram | null;
  /** Drops the next datagram; false when none is there. */
  discardDatagram(fd: number): boolean;
  /**
   * recv(2) without waiting; with `peek` the data stays queued. Returns the bytes put into `buffer`, 0 at the end of
   * the stream, null when nothing is there yet.
   */
  receive(fd: number, buffer: Uint8Array, peek: boolean): number | null;
  /** send(2) without waiting and without SIGPIPE. Returns the bytes taken, which may be fewer; null when none fits now. */
  send(fd: number, data: Uint8Array): number | null;
  /**
   * Turns a client away: sends what fits of `message` without waiting, ends the stream, throws away what the client
   * already sent (unread data would turn the close into a reset that can destroy the message), closes. Never throws for
   * what the peer did.
   */
  refuse(fd: number, message: Uint8Array | null): void;
  /** close(2). While a queued start uses the descriptor without taking it over, it is closed when that has been carried out. */
  close(fd: number): void;

  // ---- descriptors

  setCloseOnExec(fd: number, on: boolean): void;
  /** A copy of `fd`, close-on-exec, numbered `minimum` or higher. */
  duplicate(fd: number, minimum: number): number;
  /** dup2(2): makes `target` the same as `fd`, not close-on-exec (for descriptors 0 to 2 of a daemon). */
  duplicateTo(fd: number, target: number): void;

  // ---- the runtime: threads that wait, start and reap

  /**
   * Starts the threads. `onEvents` is called on the JavaScript thread with everything that happened, in order; the
   * `spawned` event of a pid always comes before its `exited` event. Keeps the event loop alive until `stop`.
   *
   * From here to `stop` every child of the process is reaped by the addon: node:child_process must not be used. One
   * runtime per process: EBUSY when another one runs, in a worker for example.
   */
  start(options: RuntimeOptions, onEvents: (events: readonly RuntimeEvent[]) => void): void;
  /**
   * Ends and joins the threads; events not yet delivered are delivered before it returns, starts still queued fail with
   * step `fork` and code `ECANCELED`. Children go on. Does nothing when not started. Happens by itself when the
   * environment ends.
   */
  stop(): void;

  /** Watches a descriptor; the returned number is never used again. Sets or clears O_NONBLOCK as the mode needs it. */
  watch(fd: number, mode: WatchMode): number;
  /** No more events until `resumeWatch`; those on their way still arrive. */
  pauseWatch(watch: number): void;
  /** Ends a pause, or arms a `ready` watch again. */
  resumeWatch(watch: number): void;
  /** Forgets the watch; the descriptor stays open and may be closed at once. Events on their way still arrive. */
  unwatch(watch: number): void;

  /** Checks and copies a plan; EINVAL for a NUL character or a path that is not absolute. */
  compilePlan(plan: SpawnPlan): number;
  /** Forgets a plan; starts already queued still use it. */
  releasePlan(plan: number): void;
  /** Queues a start. false when the queue is full: nothing happened, try again after the next events. */
  spawn(request: SpawnRequest): boolean;

  // ---- the process

  /** The `NAME=VALUE` words of the environment as they are, a character for each byte. */
  environment(): readonly string[];
  /** setsid(2); EPERM when already a group leader. */
  setsid(): void;
  /** Ignores SIGTSTP, SIGTTIN and SIGTTOU, by which a terminal stops a process; servers have their defaults. */
  ignoreJobControl(): void;
  /** PR_SET_CHILD_SUBREAPER: orphaned descendants become children of this process. */
  setSubreaper(on: boolean): void;
  getResourceLimit(resource: ResourceName): ResourceLimit;
  setResourceLimit(resource: ResourceName, limit: ResourceLimit): void;

  // ---- users and groups, as the name service has them; null when unknown. Load time only: may wait for the network.

  userByName(name: string): User | null;
  userById(uid: number): User | null;
  groupByName(name: string): Group | null;
  groupById(gid: number): Group | null;
  /** The groups initgroups(3) would set for `user`, `gid` first. */
  groupList(user: string, gid: number): readonly number[];

  // ---- datagrams to local daemons

  /** A socket for `sendLocal`. */
  openLocalDatagram(): number;
  /**
   * Sends one datagram to the socket at `path` (`@name`: abstract) without waiting: syslog and sd_notify. Returns null
   * when it was taken, else the errno name (ENOENT, ECONNREFUSED: nobody listens; EAGAIN: the receiver is behind). As
   * each call names the receiver, a restarted syslogd needs no reconnect.
   */
  sendLocal(fd: number, path: string, data: Uint8Array): string | null;
}
