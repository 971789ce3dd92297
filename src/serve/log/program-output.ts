import type { Addon } from '../../native/addon.ts';
import type { Clock } from '../clock.ts';
import { openFileSink } from './file-sink.ts';
import { logIdent, type ProgramLog, programLogToSink, programLogToSyslog } from './program-log.ts';
import type { LogSink } from './sink.ts';
import { Syslog } from './syslog.ts';

export interface ProgramOutputOptions {
  readonly logFile: string | null;
  readonly syslogFacility: string | null;
  readonly debug: boolean;
}

/** Where the daemon's own messages go, and the syslog that service logs share with it. */
export interface ProgramOutput {
  readonly log: ProgramLog;
  readonly syslog: Syslog;
  /** Goes on in a new file when the old one was moved away. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the program log: a file, syslog, or standard error, which also takes what syslog does not. Rejects when the file
 * cannot be opened.
 */
export async function openProgramOutput(
  { logFile, syslogFacility, debug }: ProgramOutputOptions,
  host: { readonly addon: Addon; readonly clock: Clock; readonly stderr: LogSink },
): Promise<ProgramOutput> {
  const { addon, clock, stderr } = host;
  const onStderr = programLogToSink(stderr, clock, debug);
  const complain = (message: string): void => onStderr.write('WARNING', message);
  const syslog = new Syslog({ addon, clock, ident: logIdent, trouble: complain, fallback: stderr });
  const file = logFile === null ? null : await openFileSink(logFile, { name: logFile, trouble: complain });
  return {
    log:
      file !== null
        ? programLogToSink(file, clock, debug)
        : syslogFacility !== null
          ? programLogToSyslog(syslog, syslogFacility, debug)
          : onStderr,
    syslog,
    async reopen() {
      if (logFile !== null) await file?.reopen(logFile);
    },
    async close() {
      await syslog.flush();
      syslog.close();
      await file?.close();
      await stderr.flush();
    },
  };
}
