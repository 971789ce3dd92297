import type { Service } from '../../model/service.ts';
import type { FailReason } from '../admission/decision.ts';
import type { Clock } from '../clock.ts';
import type { ExitStatus } from '../instance.ts';
import type { Peer } from '../peer.ts';
import { escapeLogText } from './escape.ts';
import type { LogSink } from './sink.ts';
import { fileTimestamp } from './timestamp.ts';

/** The log of one service in xinetd's format; which lines and fields there are is up to log_on_success and log_on_failure. */
export interface ServiceLog {
  started(pid: number, peer: Peer | null): void;
  /** `seconds`: how long the server ran. */
  ended(exit: ExitStatus, seconds: number): void;
  failed(reason: FailReason, peer: Peer | null): void;
}

/** Where the lines of a service go: a file takes a time stamp, syslog has its own. */
export interface ServiceLogTarget {
  readonly sink: LogSink;
  readonly stamped: boolean;
  /** Somebody wants to see all services there, also those whose configuration has no words for it. */
  readonly isForAll?: boolean;
}

type LogOptions = Pick<Service, 'logOnSuccess' | 'logOnFailure'>;

const everything: LogOptions = { logOnSuccess: ['PID', 'HOST', 'EXIT', 'DURATION'], logOnFailure: ['HOST'] };

/** A line of inetd.conf cannot say what is to be logged. */
function optionsOf(service: Service, { isForAll }: ServiceLogTarget): LogOptions {
  const saysNothing = service.logOnSuccess.length === 0 && service.logOnFailure.length === 0;
  return isForAll === true && service.syntax !== 'block' && saysNothing ? everything : service;
}

/** xinetd's word for a client that nobody has seen (stream services with wait = yes). */
const noAddress = '<no address>';

/**
 * START, EXIT and FAIL lines. The order of fields is fixed, the order of options in the file does not matter; any option
 * of log_on_success enables START, EXIT or DURATION enable EXIT, any option of log_on_failure enables FAIL.
 */
export function createServiceLog(service: Service, target: ServiceLogTarget, clock: Clock): ServiceLog {
  const { logOnSuccess, logOnFailure } = optionsOf(service, target);
  const success = new Set(logOnSuccess);
  const logsEnd = success.has('EXIT') || success.has('DURATION');
  const failureHost = logOnFailure.includes('HOST');
  const logsFailure = logOnFailure.length > 0;
  const id = escapeLogText(service.id);
  const write = (entry: string): void => {
    target.sink.write(target.stamped ? `${fileTimestamp(clock.now())}: ${entry}` : entry);
  };
  return {
    started(pid, peer) {
      if (success.size === 0) return;
      const shownPid = success.has('PID') ? ` pid=${pid}` : '';
      write(`START: ${id}${shownPid}${success.has('HOST') ? from(peer) : ''}`);
    },
    ended({ pid, status, signal }, seconds) {
      if (!logsEnd) return;
      const how = signal === null ? ` status=${status}` : ` signal=${signal}`;
      const shownPid = success.has('PID') ? ` pid=${pid}` : '';
      const duration = success.has('DURATION') ? ` duration=${seconds}(sec)` : '';
      write(`EXIT: ${id}${success.has('EXIT') ? how : ''}${shownPid}${duration}`);
    },
    failed(reason, peer) {
      if (logsFailure) write(`FAIL: ${id} ${reason}${failureHost ? from(peer) : ''}`);
    },
  };
}

function from(peer: Peer | null): string {
  return ` from=${peer === null ? noAddress : escapeLogText(peer.address)}`;
}

/** A service without log_type is not logged. */
export const silentServiceLog: ServiceLog = {
  started: () => undefined,
  ended: () => undefined,
  failed: () => undefined,
};
