import type { Addon } from '../../native/addon.ts';
import { bytesOfText } from '../../text/bare-bytes.ts';
import type { Clock, Timer } from '../clock.ts';
import { errnoText } from '../errno-text.ts';
import type { LogSink, SinkTrouble } from './sink.ts';
import { syslogTimestamp } from './timestamp.ts';

/** Numbers of RFC 3164; the facilities and levels that `log_type` and -syslog accept. */
const facilities = new Map(
  Object.entries({
    user: 1,
    mail: 2,
    daemon: 3,
    auth: 4,
    lpr: 6,
    news: 7,
    uucp: 8,
    authpriv: 10,
    ftp: 11,
    local0: 16,
    local1: 17,
    local2: 18,
    local3: 19,
    local4: 20,
    local5: 21,
    local6: 22,
    local7: 23,
  }),
);
const levels = new Map(
  Object.entries({ emerg: 0, alert: 1, crit: 2, err: 3, warning: 4, notice: 5, info: 6, debug: 7 }),
);

/** True when the name is a facility; any case. */
export function isSyslogFacility(name: string): boolean {
  return facilities.has(name.toLowerCase());
}

const socketPath = '/dev/log';

/** Lines kept while syslogd is behind. */
const longestQueue = 1000;

/** Milliseconds before a syslogd that is behind is tried again. */
const retryDelay = 100;

/** How often a queue is retried at the end of the daemon before what is left counts as lost. */
const lastTries = 10;

interface Entry {
  readonly line: string;
  readonly datagram: Buffer;
}

export interface SyslogOptions {
  readonly addon: Addon;
  readonly clock: Clock;
  /** Name in front of the lines; log watchers look for it. */
  readonly ident: string;
  readonly trouble: SinkTrouble;
  /** Takes the lines while no syslogd is there, as in most containers. */
  readonly fallback: Pick<LogSink, 'write'>;
}

/**
 * The connection to the local syslogd, shared by all logs: one socket, names the receiver with each datagram, so that a
 * restarted syslogd is found again. Never waits; keeps a bounded queue while syslogd is behind.
 */
export class Syslog {
  readonly #options: SyslogOptions;
  readonly #fd: number;
  #queue: Entry[] = [];
  #lost = 0;
  #retry: Timer | null = null;
  #missing = false;

  constructor(options: SyslogOptions) {
    this.#options = options;
    this.#fd = options.addon.openLocalDatagram();
  }

  /** A sink that writes with one facility and level. */
  sink(facility: string, level: string): LogSink {
    return {
      write: (line) => this.send(facility, level, line),
      flush: () => this.flush(),
      close: () => this.flush(),
    };
  }

  send(facility: string, level: string, line: string): void {
    const priority =
      (facilities.get(facility.toLowerCase()) ?? 3) * 8 + (levels.get(level.toLowerCase()) ?? 6);
    const { clock, ident } = this.#options;
    const datagram = bytesOfText(
      `<${priority}>${syslogTimestamp(clock.now())} ${ident}[${process.pid}]: ${line}`,
    );
    const entry = { line, datagram };
    if (this.#queue.length === 0 && this.#trySend(entry)) return;
    if (this.#queue.length >= longestQueue) this.#lost++;
    else this.#queue.push(entry);
    this.#retryLater();
  }

  async flush(): Promise<void> {
    for (let tries = 0; this.#queue.length > 0 && tries < lastTries; tries++) {
      await new Promise<void>((resolve) => this.#options.clock.after(retryDelay, resolve));
      this.#sendQueue();
    }
  }

  close(): void {
    this.#retry?.cancel();
    this.#options.addon.close(this.#fd);
  }

  /** False when syslogd is behind and the entry should be tried again later. */
  #trySend(entry: Entry): boolean {
    const failure = this.#options.addon.sendLocal(this.#fd, socketPath, entry.datagram);
    if (failure === 'EAGAIN') return false;
    if (failure === null) {
      this.#missing = false;
      return true;
    }
    if (!this.#missing)
      this.#options.trouble(`nobody takes syslog messages at ${socketPath}: ${errnoText(failure)}`);
    this.#missing = true;
    this.#options.fallback.write(entry.line);
    return true;
  }

  #retryLater(): void {
    this.#retry ??= this.#options.clock.after(retryDelay, () => {
      this.#retry = null;
      this.#sendQueue();
      if (this.#queue.length > 0) this.#retryLater();
    });
  }

  #sendQueue(): void {
    const sent = this.#queue.findIndex((entry) => !this.#trySend(entry));
    this.#queue = sent === -1 ? [] : this.#queue.slice(sent);
    if (this.#lost > 0 && this.#queue.length === 0) {
      this.#options.trouble(`${this.#lost} lines for syslog were lost: it did not take them fast enough`);
      this.#lost = 0;
    }
  }
}
