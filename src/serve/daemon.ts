import type { HostTables, ModelFiles } from '../model/host-tables.ts';
import type { Configuration, ModelDiagnostic, Service } from '../model/service.ts';
import type { Addon } from '../native/addon.ts';
import type { AddressRules } from './admission/admission.ts';
import { LoadAverage } from './admission/load-average.ts';
import type { Clock } from './clock.ts';
import { LogTargets } from './log/log-targets.ts';
import type { ProgramLog } from './log/program-log.ts';
import { openProgramOutput, type ProgramOutput } from './log/program-output.ts';
import type { LogSink } from './log/sink.ts';
import type { DaemonOptions } from './options.ts';
import { removePidFile, writePidFile } from './pid-file.ts';
import { type Preparation, type PreparationHost, prepareServices } from './prepare/prepare-service.ts';
import { describeRefusal } from './prepare/refusal.ts';
import { Supervisor, type SupervisorHost } from './supervisor.ts';

/** Signals of the operating system; tests send their own. */
export interface SignalSource {
  on(signal: NodeJS.Signals, action: () => void): unknown;
  off(signal: NodeJS.Signals, action: () => void): unknown;
}

export interface DaemonHost extends Pick<PreparationHost, 'daemon' | 'rules'> {
  readonly files: ModelFiles;
  readonly tables: HostTables;
  readonly addon: Addon;
  readonly clock: Clock;
  readonly signals: SignalSource;
  readonly stderr: LogSink;
  readonly kill: SupervisorHost['kill'];
  readonly addressRules: (service: Service) => AddressRules | null;
}

/** 0 stopped as asked, 1 nothing to serve or --strict, 2 something outside the configuration failed. */
export type DaemonStatus = 0 | 1 | 2;

/** How long a log that stands still may hold up the end of the daemon, in milliseconds. */
const lastFlush = 2000;

/** Runs a configuration until a signal ends it. */
export async function runDaemon(
  configuration: Configuration,
  options: DaemonOptions,
  host: DaemonHost,
): Promise<DaemonStatus> {
  const output = await openProgramOutput(options, host);
  const { log, syslog } = output;
  const logs = new LogTargets({
    syslog,
    common: configuration.commonLog,
    trouble: (message) => log.write('WARNING', message),
    override: options.serviceLogToStderr ? { sink: host.stderr, stamped: true } : null,
  });
  try {
    return await serve(configuration, options, host, { log, logs });
  } finally {
    await closeLogs(logs, output, host.clock);
  }
}

async function serve(
  configuration: Configuration,
  options: DaemonOptions,
  host: DaemonHost,
  { log, logs }: { readonly log: ProgramLog; readonly logs: LogTargets },
): Promise<DaemonStatus> {
  for (const diagnostic of configuration.diagnostics) log.write(diagnostic.severity, describe(diagnostic));
  const { addon, clock, kill } = host;
  const preparation = await prepareServices(configuration.services, { ...host, users: addon, logs, log });
  for (const refusal of preparation.refusals) log.write('ERROR', describeRefusal(refusal));
  if (!mayStart(configuration, preparation, options, log)) return 1;
  const load = new LoadAverage(clock);
  if (preparation.prepared.some(({ service }) => service.maxLoad !== null)) load.start();
  const supervisor = new Supervisor({ addon, clock, log, load: () => load.value, kill }, options);
  supervisor.start(preparation.prepared);
  const listening = supervisor.services.filter(({ listeners }) =>
    listeners.some(({ fd }) => fd !== -1),
  ).length;
  log.write('NOTICE', `Started working: ${listening} available service${listening === 1 ? '' : 's'}`);
  try {
    if (options.pidFile !== null) await writePidFile(options.pidFile, process.pid);
    await untilStopped(supervisor, host.signals, log);
    if (options.pidFile !== null) await removePidFile(options.pidFile, process.pid);
    return 0;
  } catch (error) {
    log.write('CRITICAL', `${options.pidFile}: ${(error as Error).message}`);
    await supervisor.stop();
    return 2;
  } finally {
    load.stop();
  }
}

/** False, with the reason in the log, when there is nothing to serve or not everything that is asked for. */
function mayStart(
  { accepted, dropped }: Configuration,
  { prepared, refusals }: Preparation,
  { strict, stayAlive }: DaemonOptions,
  log: ProgramLog,
): boolean {
  const faulty = new Set(
    [...refusals, ...dropped.filter(({ cause }) => cause === 'fault')].map(({ id }) => id),
  );
  // The model has said why.
  if (!accepted) return false;
  if (strict && faulty.size > 0) {
    log.write('CRITICAL', `${faulty.size} entries cannot be honoured (--strict). Exiting...`);
  } else if (prepared.length === 0 && !stayAlive) log.write('CRITICAL', 'no services. Exiting...');
  else return true;
  return false;
}

/** TERM and INT end the servers, QUIT leaves them; a second TERM or INT does not wait for them. */
function untilStopped(supervisor: Supervisor, signals: SignalSource, log: ProgramLog): Promise<void> {
  return new Promise((resolve, reject) => {
    let stopping = false;
    const done = (): void => {
      signals.off('SIGTERM', stop);
      signals.off('SIGINT', stop);
      signals.off('SIGQUIT', leave);
      resolve();
    };
    const stop = (): void => {
      if (stopping) {
        supervisor.killServers();
        return;
      }
      stopping = true;
      log.write('WARNING', 'Exiting...');
      supervisor.stop().then(done, reject);
    };
    const leave = (): void => {
      log.write('WARNING', 'Exiting...');
      supervisor.leave();
      done();
    };
    signals.on('SIGTERM', stop);
    signals.on('SIGINT', stop);
    signals.on('SIGQUIT', leave);
  });
}

async function closeLogs(logs: LogTargets, output: ProgramOutput, clock: Clock): Promise<void> {
  const closed = Promise.all([logs.close(), output.close()]);
  await new Promise<void>((resolve, reject) => {
    const timer = clock.after(lastFlush, resolve);
    closed.then(() => {
      timer.cancel();
      resolve();
    }, reject);
  });
}

/** A message of the model with file and line as xinetd appends them. */
function describe({ message, file, line }: ModelDiagnostic): string {
  return `${message}${file === undefined ? '' : ` [file=${file}]`}${line === undefined ? '' : ` [line=${line}]`}`;
}
