import type { Addon } from './addon.ts';
import type { SystemError } from './system-error.ts';

/** What is the same in the compiled addon and in the interface the rest of the program sees. */
type Unchanged = Omit<Addon, 'start' | 'watch' | 'spawn' | 'sendLocal'>;

/** The exports of xcfg.node. Numbers where the interface has objects, so that a connection costs few calls. */
export interface Binding extends Unchanged {
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
