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

/** What the statuses mean where a command does not say it more exactly. */
export const exitMeanings: Readonly<Record<ExitCode, string>> = {
  0: 'nothing to complain about',
  1: 'findings, losses or differences',
  2: 'wrong usage, unreadable input, unwritable output or an internal error',
};
