import { constants, fstatSync, openSync } from 'node:fs';
import type { Addon } from '../../native/addon.ts';
import { FileSink, type FileSinkOptions } from './file-sink.ts';

/**
 * Standard error as a sink that never waits: a reader that stands still would hold a thread, and with it the end of the
 * daemon. The flag for that lies in the open file, which others have too, so that a pipe is opened once more for it; a socket is sent to without waiting.
 */
export function openStandardError(addon: Pick<Addon, 'send'>, number = 2): FileSink {
  const options: FileSinkOptions = { name: 'standard error', trouble: () => undefined };
  const status = fstatSync(number);
  if (status.isSocket()) {
    return new FileSink(number, false, 0, { ...options, send: (bytes) => addon.send(number, bytes) });
  }
  if (!status.isFIFO() && !status.isCharacterDevice()) return new FileSink(number, false, 0, options);
  try {
    const { O_WRONLY, O_APPEND, O_NONBLOCK, O_NOCTTY } = constants;
    const fd = openSync(`/proc/self/fd/${number}`, O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY);
    return new FileSink(fd, true, 0, options);
  } catch {
    // Somebody else's pipe, or no /proc.
    return new FileSink(number, false, 0, options);
  }
}
