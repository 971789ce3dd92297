import { constants, promises } from 'node:fs';
import { dirname } from 'node:path';
import type { LogDestination, Service } from '../../model/service.ts';

/** Whether the logs of services could be opened, without opening them: nothing is made on the way. */
export class LogProbe {
  readonly #common: LogDestination | null;

  /** `common` is what log_type of defaults says. */
  constructor(common: LogDestination | null) {
    this.#common = common;
  }

  /** Rejects as opening would. */
  async targetOf({ logType }: Pick<Service, 'logType'>): Promise<null> {
    const destination = logType?.kind === 'common' ? this.#common : logType;
    if (destination?.kind === 'file') await requireAppendable(destination.path);
    return null;
  }
}

async function requireAppendable(path: string): Promise<void> {
  const { access, stat } = promises;
  try {
    await access(path, constants.W_OK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await access(dirname(path), constants.W_OK | constants.X_OK);
    return;
  }
  if ((await stat(path)).isDirectory())
    throw Object.assign(new Error(`${path} is a folder`), { code: 'EISDIR' });
}
