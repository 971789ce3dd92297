/** Whether an error comes from the system (ENOENT, ENOSPC ...) and so is no bug of ours. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

/** The reason alone: `ENOENT: no such file or directory, open 'x'` becomes `no such file or directory`. */
export function systemReason(error: NodeJS.ErrnoException): string {
  return /^[A-Z0-9]+: (.*?)(?:, [a-z]+(?: '.*')?)?$/s.exec(error.message)?.[1] ?? error.code ?? error.message;
}
