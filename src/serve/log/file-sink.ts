import { close, constants, fstat, open, write } from 'node:fs';
import { promisify } from 'node:util';
import { bytesOfText, nameOnDisk } from '../../text/bare-bytes.ts';
import { errnoText } from '../errno-text.ts';
import type { LogSink, SinkTrouble } from './sink.ts';

const openFile = promisify(open);
const closeFile = promisify(close);
const statFile = promisify(fstat);
const writeFile = promisify(write);

/** How much may wait for a slow disk or pipe before lines are dropped. */
const longestQueue = 4 * 1024 * 1024;

export interface FileSinkOptions {
  /** Name in messages. */
  readonly name: string;
  readonly trouble: SinkTrouble;
  /** Bytes the file may have: past `soft` it is said once, past `hard` nothing more is written. */
  readonly soft?: number | bigint | null;
  readonly hard?: number | bigint | null;
  /** For a socket: takes what fits without waiting, null when nothing does. */
  readonly send?: (bytes: Uint8Array) => number | null;
}

/** Without waiting: a FIFO whose reader stands still would hold a thread for ever. */
const appending = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK;

/** Milliseconds before a full pipe is tried again. */
const retryDelay = 20;

const lineEnd = 0x0a;

/** Opens a log file for appending, mode 0644, and reads its size, which counts against the limits. */
export async function openFileSink(path: string, options: FileSinkOptions): Promise<FileSink> {
  const fd = await openFile(nameOnDisk(path), appending, 0o644);
  try {
    const { size } = await statFile(fd);
    return new FileSink(fd, true, size, options);
  } catch (error) {
    await closeFile(fd);
    throw error;
  }
}

/**
 * Lines into a descriptor (a file, standard error), written behind the event loop's back in as few calls as possible. A
 * full disk or a reader that stands still costs lines, which are counted, never the daemon.
 */
export class FileSink implements LogSink {
  #fd: number;
  readonly #owned: boolean;
  readonly #options: FileSinkOptions;
  #size: number;
  #queue: string[] = [];
  #queued = 0;
  #lost = 0;
  #writing: Promise<void> | null = null;
  /** Code of the failure that lasts. */
  #failure: string | null = null;
  /** The end of a line whose beginning is in the file. */
  #rest: Buffer = Buffer.alloc(0);
  #softReported = false;
  #hardReported = false;

  constructor(fd: number, owned: boolean, size: number, options: FileSinkOptions) {
    this.#fd = fd;
    this.#owned = owned;
    this.#size = size;
    this.#options = options;
  }

  write(line: string): void {
    if (this.#hardReported) return;
    if (this.#queued > longestQueue) {
      this.#lost++;
      return;
    }
    this.#queue.push(line, '\n');
    this.#queued += line.length + 1;
    this.#writing ??= this.#writeQueue();
  }

  async flush(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  async close(): Promise<void> {
    await this.flush();
    this.#dropRest();
    this.#reportLost();
    if (this.#owned) await closeFile(this.#fd);
  }

  /** Goes on in the file that has the name now: the old one was moved away to be kept or packed. */
  async reopen(path: string): Promise<void> {
    await this.flush();
    const old = this.#fd;
    this.#fd = await openFile(nameOnDisk(path), appending, 0o644);
    this.#dropRest();
    await closeFile(old);
  }

  async #writeQueue(): Promise<void> {
    // Lines of one turn of the event loop leave in one call.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      const bytes = Buffer.concat([this.#rest, bytesOfText(this.#queue.join(''))]);
      this.#queue = [];
      this.#queued = 0;
      const { failure, left } = await this.#writeAll(bytes);
      if (failure === null) this.#reportLost();
      this.#reportFailure(failure);
      this.#count(bytes.length - left.length);
      this.#keepRest(bytes, left);
    }
    this.#writing = null;
  }

  /** Of what could not be written only the end of a line that has begun is tried again. */
  #keepRest(bytes: Buffer, left: Buffer): void {
    const written = bytes.length - left.length;
    const isTorn = written === 0 ? this.#rest.length > 0 : bytes[written - 1] !== lineEnd;
    this.#rest = left.subarray(0, isTorn ? left.indexOf(lineEnd) + 1 : 0);
    this.#lost += linesIn(left.subarray(this.#rest.length));
  }

  /** It has no place in another file. */
  #dropRest(): void {
    this.#lost += linesIn(this.#rest);
    this.#rest = this.#rest.subarray(0, 0);
  }

  /** Writes everything, or as much as can be: what is left then, and the code of the failure. */
  async #writeAll(bytes: Buffer): Promise<{ failure: string | null; left: Buffer }> {
    let left = bytes;
    let failure: string | null = null;
    while (left.length > 0 && failure === null) {
      try {
        left = left.subarray(await this.#writeSome(left));
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code === 'EAGAIN') await aWhile();
        else failure = code ?? message;
      }
    }
    return { failure, left };
  }

  async #writeSome(bytes: Buffer): Promise<number> {
    const { send } = this.#options;
    if (send === undefined) return (await writeFile(this.#fd, bytes, 0, bytes.length, null)).bytesWritten;
    const sent = send(bytes);
    if (sent === null) await aWhile();
    return sent ?? 0;
  }

  /** Once when it begins: a full disk would otherwise fill the other log with its complaint. */
  #reportFailure(failure: string | null): void {
    if (failure !== null && this.#failure === null) {
      this.#options.trouble(`writing ${this.#options.name} failed: ${errnoText(failure)}`);
    }
    this.#failure = failure;
  }

  #count(bytes: number): void {
    this.#size += bytes;
    const { soft, hard, name, trouble } = this.#options;
    if (soft != null && this.#size > soft && !this.#softReported) {
      this.#softReported = true;
      trouble(`Size of ${name} exceeded soft limit`);
    }
    if (hard != null && this.#size > hard && !this.#hardReported) {
      this.#hardReported = true;
      trouble(`Size of ${name} exceeded hard limit`);
    }
  }

  /** When it works again, or nothing more is written. */
  #reportLost(): void {
    if (this.#lost === 0) return;
    const lost = this.#lost;
    this.#lost = 0;
    const why = this.#failure === null ? 'it did not take them fast enough' : errnoText(this.#failure);
    const lines = lost === 1 ? '1 line' : `${lost} lines`;
    const { name, trouble } = this.#options;
    trouble(`${lines} of ${name} ${lost === 1 ? 'was' : 'were'} lost: ${why}`);
  }
}

function linesIn(bytes: Buffer): number {
  return bytes.reduce((count, byte) => count + (byte === lineEnd ? 1 : 0), 0);
}

/** Does not keep the daemon, which may end while nobody reads. */
function aWhile(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, retryDelay).unref());
}
