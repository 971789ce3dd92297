import type { HostTables } from '../model/host-tables.ts';
import type { Configuration } from '../model/service.ts';
import { LoadAverage } from './admission/load-average.ts';
import type { Timer } from './clock.ts';
import { findFaults, newFaults } from './faults.ts';
import { LogTargets } from './log/log-targets.ts';
import { openProgramOutput, type ProgramOutput } from './log/program-output.ts';
import { logReading, type Reading } from './log/reading-log.ts';
import type { LogSink } from './log/sink.ts';
import type { DaemonOptions } from './options.ts';
import type { UserDatabase } from './prepare/credentials.ts';
import { type Preparation, type PreparationHost, prepareServices } from './prepare/prepare-service.ts';
import { describeRefusal } from './prepare/refusal.ts';
import { findUnenforced, type HostRules } from './prepare/unenforced.ts';
import type { PreparedService } from './prepared-service.ts';
import type { RuleWatch } from './rule-watch.ts';
import { Supervisor, type SupervisorHost } from './supervisor.ts';

export interface DaemonHost
  extends Pick<PreparationHost, 'daemon' | 'files'>,
    Pick<SupervisorHost, 'addon' | 'clock' | 'kill' | 'descriptorLimit' | 'waitingClients'> {
  readonly stderr: LogSink;
  /** The databases and rules of this machine as they are now; asked at start and again on each reload. */
  readonly lookAround: () => Surroundings;
  /** Reads and resolves the configuration, likewise. */
  readonly load: (tables: HostTables) => Promise<Configuration>;
  /** Calls when the rules of this machine may have changed. */
  readonly watchRules: (changed: () => void) => RuleWatch;
}

/** What a configuration depends on outside of its files. */
export interface Surroundings {
  readonly tables: HostTables;
  readonly users: UserDatabase;
  readonly rules: HostRules;
}

/** unreadable: the configuration as a whole. */
export type StartResult = 'serving' | 'nothing to serve' | 'unreadable';

/** How long a log that stands still may hold up a reload or the end of the daemon, in milliseconds. */
const lastFlush = 2000;

/** A configuration with everything that it needs to be served. */
interface Loaded extends Reading {
  readonly rules: HostRules;
  readonly preparation: Preparation;
  /** False when the files could not be read at all. */
  readonly readable: boolean;
  readonly logs: LogTargets;
}

/** The daemon around a supervisor: reads the configuration, says what is wrong with it, keeps the logs. */
export class Daemon {
  readonly #options: DaemonOptions;
  readonly #host: DaemonHost;
  readonly #output: ProgramOutput;
  readonly #load: LoadAverage;
  readonly #supervisor: Supervisor;
  #logs: LogTargets | null = null;
  #checking: Timer | null = null;
  #ruleWatch: RuleWatch | null = null;
  #prepared: readonly PreparedService[] = [];
  #faults: ReadonlyMap<string, string> = new Map();
  /** What was asked for last: starting, reloading and ending wait for each other. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(options: DaemonOptions, host: DaemonHost, output: ProgramOutput) {
    const { addon, clock, kill, descriptorLimit, waitingClients } = host;
    const { log } = output;
    this.#options = options;
    this.#host = host;
    this.#output = output;
    this.#load = new LoadAverage(clock);
    this.#supervisor = new Supervisor(
      { addon, clock, log, kill, descriptorLimit, waitingClients, load: () => this.#load.value },
      options,
    );
  }

  /** Opens the program log; rejects when that cannot be done. */
  static async open(options: DaemonOptions, host: DaemonHost): Promise<Daemon> {
    return new Daemon(options, host, await openProgramOutput(options, host));
  }

  /** What came of the start; what keeps it from serving is in the log. */
  start(): Promise<StartResult> {
    return this.#afterwards(() => this.#start());
  }

  async #start(): Promise<StartResult> {
    const { log } = this.#output;
    const loaded = await this.#read();
    const { preparation, faults, readable, logs } = loaded;
    logReading(loaded, new Set(), log);
    this.#logs = logs;
    if (!readable) return 'unreadable';
    if (this.#options.strict && faults.size > 0) {
      log.write('CRITICAL', `${faults.size} faults in the configuration (--strict). Exiting...`);
      return 'nothing to serve';
    }
    if (preparation.prepared.length === 0 && !this.#options.stayAlive) {
      log.write('CRITICAL', 'no services. Exiting...');
      return 'nothing to serve';
    }
    this.#faults = faults;
    this.#run(preparation);
    this.#supervisor.start(preparation.prepared);
    this.#ruleWatch = this.#host.watchRules(() => void this.#lookAtRules());
    const available = this.#supervisor.services.filter(({ listeners }) =>
      listeners.some(({ fd }) => fd !== -1),
    );
    this.#checkRegularly();
    log.write(
      'NOTICE',
      `Started working: ${available.length} available service${available.length === 1 ? '' : 's'}`,
    );
    return 'serving';
  }

  /**
   * Changes to the configuration as it is now, or to nothing of it: a fault that was not there before leaves everything as it
   * runs, so that no service is lost to a slip of the pen.
   */
  reload(): Promise<void> {
    return this.#change(() => this.#reload());
  }

  /** Compares the books with each other (xinetd's -cc and ABRT). */
  check(): void {
    const { log } = this.#output;
    const errors = this.#supervisor.findInconsistencies();
    for (const error of errors) log.write('ERROR', error);
    if (errors.length === 0) log.write('INFO', 'Consistency check passed');
    else log.write('WARNING', `Consistency check detected ${errors.length} errors`);
  }

  /** A signal of xinetd's for which there is nothing here. */
  ignore(signal: NodeJS.Signals): void {
    this.#output.log.write('WARNING', `signal ${signal} does nothing here`);
  }

  /** Ends servers and threads. */
  stop(): Promise<void> {
    this.#output.log.write('WARNING', 'Exiting...');
    return this.#afterwards(() => {
      this.#prepared = [];
      return this.#supervisor.stop();
    });
  }

  /** A stop that runs does not wait for the servers any longer. */
  hurry(): void {
    this.#supervisor.hurry();
  }

  /** Ends the threads and leaves the servers alone. */
  leave(): Promise<void> {
    this.#output.log.write('WARNING', 'Exiting...');
    return this.#afterwards(async () => {
      this.#prepared = [];
      this.#supervisor.leave();
    });
  }

  #afterwards<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work, work);
    this.#last = result;
    return result;
  }

  /** Something that must not end the daemon when it goes wrong. */
  #change(work: () => Promise<void>): Promise<void> {
    return this.#afterwards(work).catch((error: Error) =>
      this.#output.log.write('ERROR', `reconfiguration failed: ${error.message}`),
    );
  }

  #lookAtRules(): Promise<void> {
    return this.#change(async () => this.#closeWhatMayNotRun(this.#host.lookAround().rules));
  }

  #checkRegularly(): void {
    const { checkInterval } = this.#options;
    if (checkInterval === null) return;
    this.#checking = this.#host.clock.after(checkInterval, () => {
      this.check();
      this.#checkRegularly();
    });
  }

  /** Everything that was logged is out, or cannot get out. */
  async close(): Promise<void> {
    this.#load.stop();
    this.#checking?.cancel();
    this.#ruleWatch?.close();
    await this.#closeLogs();
  }

  async #reload(): Promise<void> {
    const { log } = this.#output;
    log.write('NOTICE', 'Starting reconfiguration');
    const loaded = await this.#read();
    const { rules, preparation, faults, readable, logs } = loaded;
    const added = readable ? newFaults(faults, this.#faults, preparation) : new Set<string>();
    logReading(loaded, added, log);
    const leavesNothing = readable && this.#wouldLeaveNothing(preparation);
    if (leavesNothing) log.write('ERROR', 'no services would be left, which -stayalive allows');
    if (!readable || added.size > 0 || leavesNothing) {
      log.write('WARNING', 'reconfiguration failed, everything goes on as it was');
      this.#closeWhatMayNotRun(rules);
      await logs.close();
      return;
    }
    this.#faults = faults;
    this.#run(preparation);
    this.#supervisor.reconfigure(preparation.prepared);
    const old = this.#logs;
    this.#logs = logs;
    await this.#atMost(lastFlush, [old?.close(), this.#output.reopen()]);
  }

  async #read(): Promise<Loaded> {
    const { log, syslog } = this.#output;
    const surroundings = this.#host.lookAround();
    const configuration = this.#withoutEnd(await this.#host.load(surroundings.tables));
    const logs = new LogTargets({
      syslog,
      common: configuration.commonLog,
      trouble: (message) => log.write('WARNING', message),
      override: this.#options.serviceLogToStderr
        ? { sink: this.#host.stderr, stamped: true, isForAll: true }
        : null,
    });
    const preparation = await prepareServices(configuration.services, {
      ...this.#host,
      ...surroundings,
      logs,
      log,
    });
    const faults = findFaults(configuration, preparation);
    return {
      rules: surroundings.rules,
      preparation,
      diagnostics: configuration.diagnostics,
      faults,
      readable: configuration.accepted,
      logs,
    };
  }

  /** An empty file is a slip of the pen too: where it would be an error at the start it does not end what runs. */
  #wouldLeaveNothing({ prepared }: Preparation): boolean {
    return prepared.length === 0 && this.#prepared.length > 0 && !this.#options.stayAlive;
  }

  /** Only at its start does the daemon end for want of a configuration, as the message says. */
  #withoutEnd(configuration: Configuration): Configuration {
    if (this.#logs === null) return configuration;
    const diagnostics = configuration.diagnostics.filter(({ code }) => code !== 'no-configuration');
    return { ...configuration, diagnostics };
  }

  /** A rule of the machine that cannot be kept closes services at once, whatever becomes of the configuration. */
  #closeWhatMayNotRun(rules: HostRules): void {
    const refusals = this.#prepared.map(({ service }) => findUnenforced(service, rules));
    if (refusals.every((each) => each.length === 0)) return;
    for (const refusal of refusals.flat()) this.#output.log.write('ERROR', describeRefusal(refusal));
    this.#prepared = this.#prepared.filter((_, index) => refusals[index]?.length === 0);
    this.#supervisor.reconfigure(this.#prepared);
  }

  #run({ prepared }: Preparation): void {
    this.#prepared = prepared;
    this.#load.stop();
    if (prepared.some(({ service }) => service.maxLoad !== null)) this.#load.start();
  }

  async #closeLogs(): Promise<void> {
    // The logs of services first: what they have lost is told in the daemon's own.
    const close = async (): Promise<void> => {
      await this.#logs?.close();
      await this.#output.close();
    };
    await this.#atMost(lastFlush, [close()]);
  }

  /** Waits for what may stand still, and no longer than so many milliseconds. */
  #atMost(milliseconds: number, work: readonly (Promise<void> | undefined)[]): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const timer = this.#host.clock.after(milliseconds, resolve);
      const done = (settle: () => void): void => {
        timer.cancel();
        settle();
      };
      Promise.all(work).then(
        () => done(resolve),
        (error) => done(() => reject(error)),
      );
    });
  }
}
