/** A configuration to load: the main file, files beside it, and an inetd.conf for `-inetd_compat`. */
export interface DifferentialCase {
  readonly main: string;
  readonly files: Readonly<Record<string, string>>;
  readonly inetd: string | null;
}

/** What a configuration came to, in the form of the recorded cases. */
export interface LoadResult {
  /** Status with which it ended by itself. */
  readonly exitCode: number | null;
  readonly services: readonly Readonly<Record<string, unknown>>[];
  readonly diagnostics: readonly DaemonMessage[];
}

/** What the real daemon did with a configuration. */
export interface DaemonResult extends LoadResult {
  /** False where it was not done in time: names that it looks up without a free descriptor keep it waiting. */
  readonly isInTime: boolean;
}

/** What the model says, in the same form. */
export interface ModelResult extends LoadResult {
  /** The daemon's result hangs on memory that is not its to read or write, or never comes: there is nothing to compare. */
  readonly isUndefined: boolean;
}

export interface DaemonMessage {
  readonly severity: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}
