/** Exit statuses of every command; help, man page and README print this table (cli-conventions, section 3). */
export const exitCodes = {
  /** Done, nothing to complain about. */
  ok: 0,
  /** Findings at or above the failing level, losses in a conversion, a file that would change. */
  findings: 1,
  /** Wrong usage, unreadable input, unwritable output, an internal error. */
  failure: 2,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
