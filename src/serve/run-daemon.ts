import { Daemon, type DaemonHost } from './daemon.ts';
import type { DaemonOptions } from './options.ts';
import { PidFile } from './pid-file.ts';

/** Signals of the operating system; tests send their own. */
export interface SignalSource {
  on(signal: NodeJS.Signals, action: () => void): unknown;
  off(signal: NodeJS.Signals, action: () => void): unknown;
}

/** 0 stopped as asked, 1 nothing to serve, 2 no configuration to read. */
export type DaemonStatus = 0 | 1 | 2;

/** Runs a configuration until a signal ends it. Rejects when a file of its own (log, pid) cannot be written. */
export async function runDaemon(
  options: DaemonOptions,
  host: DaemonHost,
  signals: SignalSource,
): Promise<DaemonStatus> {
  // As xinetd, in the foreground too: a daemon that stands still lets its clients wait.
  host.addon.ignoreJobControl();
  const daemon = await Daemon.open(options, host);
  // Before the start, so that no signal meets a daemon that does not know it.
  const { stopped, release } = obeySignals(daemon, signals);
  let pidFile: PidFile | null = null;
  let isBegun = false;
  try {
    if (options.pidFile !== null) pidFile = await PidFile.prepare(options.pidFile, process.pid);
    isBegun = true;
    const started = await daemon.start();
    if (started !== 'serving') return started === 'unreadable' ? 2 : 1;
    await pidFile?.publish();
    await stopped;
    return 0;
  } catch (error) {
    // The threads would keep the process, which obeys no signal any more.
    if (isBegun) await daemon.stop();
    throw error;
  } finally {
    release();
    await pidFile?.remove();
    await daemon.close();
  }
}

/** Would end the daemon, which xinetd survives; for USR1 Node would open a debugger. */
const meaningless: readonly NodeJS.Signals[] = [
  'SIGUSR1',
  'SIGALRM',
  'SIGVTALRM',
  'SIGPROF',
  'SIGIO',
  'SIGPWR',
  'SIGSYS',
  'SIGTRAP',
  'SIGXCPU',
  'SIGXFSZ',
  'SIGSTKFLT',
];

/**
 * TERM and INT end the servers, the second one without waiting; QUIT leaves them; HUP and USR2 reload and ABRT checks the
 * books, as in xinetd.
 */
function obeySignals(
  daemon: Daemon,
  signals: SignalSource,
): { readonly stopped: Promise<void>; readonly release: () => void } {
  let release = (): void => undefined;
  const stopped = new Promise<void>((resolve, reject) => {
    let stopping = false;
    const end = (how: () => Promise<void>): void => {
      if (stopping) {
        daemon.hurry();
        return;
      }
      stopping = true;
      how().then(resolve, reject);
    };
    const stop = (): void => end(() => daemon.stop());
    const reload = (): void => void daemon.reload();
    const actions: readonly (readonly [NodeJS.Signals, () => void])[] = [
      ['SIGTERM', stop],
      ['SIGINT', stop],
      ['SIGQUIT', () => end(() => daemon.leave())],
      ['SIGHUP', reload],
      ['SIGUSR2', reload],
      ['SIGABRT', () => daemon.check()],
      ...meaningless.map((signal) => [signal, () => daemon.ignore(signal)] as const),
    ];
    for (const [signal, action] of actions) signals.on(signal, action);
    release = () => {
      for (const [signal, action] of actions) signals.off(signal, action);
    };
  });
  return { stopped, release };
}
