import { constants } from 'node:os';
import { getSystemErrorMap } from 'node:util';

/** What a failing call of the addon throws: the shape of Node's own system errors. */
export interface SystemError extends Error {
  /** Name of the errno, for example `EADDRINUSE`. */
  readonly code: string;
  /** Negative errno, as in Node. */
  readonly errno: number;
  /** The system call or, in openSocket, the step: `socket`, `setsockopt(SO_REUSEADDR)`, `bind`, `listen`, ... */
  readonly syscall: string;
}

/** Whether a call of the addon failed by what the system said; anything else is a defect of the caller. */
export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'errno' in error && typeof error.errno === 'number';
}

/** Node's own table of errors knows only what libuv can return: ENOEXEC for one is missing there. */
const names = new Map<number, string>([
  ...Object.entries(constants.errno).map(([name, errno]): [number, string] => [errno, name]),
  ...[...getSystemErrorMap()].map(([errno, [name]]): [number, string] => [-errno, name]),
]);

/** Name of a positive errno. */
export function errnoName(errno: number): string {
  return names.get(errno) ?? `errno ${errno}`;
}

/** Makes the error the addon throws for a positive errno; `subject` is what it was about, or ''. */
export function makeSystemError(errno: number, syscall: string, subject: string): SystemError {
  const code = errnoName(errno);
  const text = getSystemErrorMap().get(-errno)?.[1];
  const message = `${syscall} ${code}${text === undefined ? '' : `: ${text}`}${subject === '' ? '' : ` ${subject}`}`;
  return Object.assign(new Error(message), { code, errno: -errno, syscall });
}
