import type { LogDestination, Service } from '../../model/service.ts';
import type { FileSink } from './file-sink.ts';
import { openFileSink } from './file-sink.ts';
import { destinationOf } from './log-destination.ts';
import type { ServiceLogTarget } from './service-log.ts';
import type { SinkTrouble } from './sink.ts';
import type { Syslog } from './syslog.ts';

export interface LogTargetHost {
  readonly syslog: Syslog;
  /** What `common` stands for: log_type of defaults. */
  readonly common: LogDestination | null;
  readonly trouble: SinkTrouble;
  /** Where every line goes whatever the configuration says; null obeys the configuration. */
  readonly override: ServiceLogTarget | null;
}

/** The logs that services write to. A file named by several services is opened once and its size counted once. */
export class LogTargets {
  readonly #host: LogTargetHost;
  readonly #files = new Map<string, Promise<FileSink>>();

  constructor(host: LogTargetHost) {
    this.#host = host;
  }

  /** Null for a service that is not logged; rejects when its file cannot be opened. */
  async targetOf(service: Service): Promise<ServiceLogTarget | null> {
    if (this.#host.override !== null) return this.#host.override;
    const destination = destinationOf(service, this.#host.common);
    switch (destination?.kind) {
      case 'syslog':
        return { sink: this.#host.syslog.sink(destination.facility, destination.level), stamped: false };
      case 'file':
        return { sink: await this.#file(destination), stamped: true };
      default:
        return null;
    }
  }

  /** Everything written so far is out. */
  async flush(): Promise<void> {
    await this.#forEachFile((file) => file.flush());
  }

  async close(): Promise<void> {
    await this.#forEachFile((file) => file.close());
  }

  #file({ path, soft, hard }: LogDestination & { kind: 'file' }): Promise<FileSink> {
    let file = this.#files.get(path);
    if (file === undefined) {
      file = openFileSink(path, { name: path, trouble: this.#host.trouble, soft, hard });
      this.#files.set(path, file);
    }
    return file;
  }

  async #forEachFile(action: (file: FileSink) => Promise<void>): Promise<void> {
    for (const opened of await Promise.allSettled(this.#files.values())) {
      if (opened.status === 'fulfilled') await action(opened.value);
    }
  }
}
