import type { Addon } from './addon.ts';
import type { OpenedSocket, SocketOptions } from './socket-types.ts';
import type { SystemError } from './system-error.ts';

/** What is the same in the compiled addon and in the interface the rest of the program sees. */
type Unchanged = Omit<Addon, 'openSocket' | 'removeSocketFile' | 'start' | 'watch' | 'spawn' | 'sendLocal'>;

/** SocketOptions one by one: to read a property by its name costs ten times as much there as here. */
export type SocketArguments = readonly [
  family: SocketOptions['family'],
  type: SocketOptions['type'],
  protocol: SocketOptions['protocol'],
  address: SocketOptions['address'],
  port: SocketOptions['port'],
  v6only: SocketOptions['v6only'],
  reuseAddress: SocketOptions['reuseAddress'],
  noDelay: SocketOptions['noDelay'],
  keepAlive: SocketOptions['keepAlive'],
  sendBuffer: SocketOptions['sendBuffer'],
  receiveBuffer: SocketOptions['receiveBuffer'],
  backlog: SocketOptions['backlog'],
  mode: SocketOptions['mode'],
  uid: SocketOptions['uid'],
  gid: SocketOptions['gid'],
];

/** The exports of xcfg.node. Numbers where the interface has objects, so that a connection costs few calls. */
export interface Binding extends Unchanged {
  openSocket(...options: SocketArguments): OpenedSocket;
  removeSocketFile(...options: SocketArguments): void;
  setErrorFactory(make: (errno: number, syscall: string, subject: string) => SystemError): void;
  /** `deliver` is called with the number of events that lie in `buffer`; see event-codec.ts. */
  start(options: object, buffer: ArrayBuffer, deliver: (count: number) => void): void;
  watch(fd: number, accepts: boolean): number;
  spawn(
    plan: number,
    token: number,
    stdin: number,
    stdout: number,
    stderr: number,
    close: number,
    env: readonly string[],
  ): boolean;
  /** 0 or an errno. */
  sendLocal(fd: number, path: string, data: Uint8Array): number;
}
