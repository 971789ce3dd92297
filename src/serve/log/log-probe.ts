import { constants, promises } from 'node:fs';
import { dirname } from 'node:path';
import type { LogDestination, Service } from '../../model/service.ts';
import { nameOnDisk } from '../../text/bare-bytes.ts';
import { destinationOf } from './log-destination.ts';

/** Whether the logs of services could be opened, without opening them: nothing is made on the way. */
export class LogProbe {
  readonly #common: LogDestination | null;

  /** `common` is what log_type of defaults says. */
  constructor(common: LogDestination | null) {
    this.#common = common;
  }

  /** Rejects as opening would. */
  async targetOf(service: Service): Promise<null> {
    const destination = destinationOf(service, this.#common);
    if (destination?.kind === 'file') await requireAppendable(destination.path);
    return null;
  }
}

async function requireAppendable(path: string): Promise<void> {
  const { access, stat } = promises;
  try {
    await access(nameOnDisk(path), constants.W_OK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await access(nameOnDisk(dirname(path)), constants.W_OK | constants.X_OK);
    return;
  }
  if ((await stat(nameOnDisk(path))).isDirectory())
    throw Object.assign(new Error(`${path} is a folder`), { code: 'EISDIR' });
}
