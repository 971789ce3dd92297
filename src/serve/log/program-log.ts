import type { Clock } from '../clock.ts';
import { escapeLogText } from './escape.ts';
import type { LogSink } from './sink.ts';
import type { Syslog } from './syslog.ts';
import { fileTimestamp } from './timestamp.ts';

/** Tags of xinetd's own messages. */
export type LogLevel = 'CRITICAL' | 'ERROR' | 'WARNING' | 'NOTICE' | 'INFO' | 'DEBUG';

/** Messages of the daemon about itself, as opposed to the log of a service. */
export interface ProgramLog {
  write(level: LogLevel, message: string): void;
}

/** Name in front of the lines of both logs: what watches a host's logs looks for the daemon this one replaces. */
export const logIdent = 'xinetd';

/** `26/11/3@09:05:00 xinetd[42]: ERROR: text`, as xinetd writes it into a file. */
export function programLogToSink(sink: LogSink, clock: Clock, debug: boolean): ProgramLog {
  return {
    write(level, message) {
      if (level === 'DEBUG' && !debug) return;
      const time = fileTimestamp(clock.now());
      sink.write(`${time} ${logIdent}[${process.pid}]: ${level}: ${escapeLogText(message)}`);
    },
  };
}

const syslogLevels: Readonly<Record<LogLevel, string>> = {
  CRITICAL: 'crit',
  ERROR: 'err',
  WARNING: 'warning',
  NOTICE: 'notice',
  INFO: 'info',
  DEBUG: 'debug',
};

/** The text without its tag; the level says it. */
export function programLogToSyslog(syslog: Syslog, facility: string, debug: boolean): ProgramLog {
  return {
    write(level, message) {
      if (level === 'DEBUG' && !debug) return;
      syslog.send(facility, syslogLevels[level], escapeLogText(message));
    },
  };
}
