import { readFileSync, readlinkSync } from 'node:fs';
import { isSystemError } from './system-error.ts';

const accessMode = 0o3;
const readAndWrite = 0o2;

/**
 * Whether a standard stream was closed when the process began (`>&-`). Node opens /dev/null in its place, for reading and
 * writing, as nobody does who throws output away in a shell; where the system does not tell, a stream counts as open.
 */
export function wasClosed(stream: object): boolean {
  const { fd } = stream as { readonly fd?: unknown };
  if (typeof fd !== 'number' || fd > 2) return false;
  try {
    if (readlinkSync(`/proc/self/fd/${fd}`) !== '/dev/null') return false;
    const [, flags = ''] =
      /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1')) ?? [];
    return (Number.parseInt(flags, 8) & accessMode) === readAndWrite;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}
