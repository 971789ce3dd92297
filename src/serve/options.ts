/** What the command line of `xcfg serve` can ask for. */
export interface DaemonOptions {
  /** Refuse to start at all when any entry is refused. */
  readonly strict: boolean;
  /** Stay without a service to serve. */
  readonly stayAlive: boolean;
  /** -limit: servers of all services; null is no limit. */
  readonly processLimit: number | null;
  readonly pidFile: string | null;
  /** File for the program log; null for standard error, or syslog when a facility is given. */
  readonly logFile: string | null;
  readonly syslogFacility: string | null;
  /** Every service log goes to standard error, whatever the configuration says. */
  readonly serviceLogToStderr: boolean;
  /** Milliseconds between TERM and KILL when servers are ended. */
  readonly grace: number;
  /** -cc: milliseconds between two checks of the books; null never checks. */
  readonly checkInterval: number | null;
  readonly debug: boolean;
}
