import { Daemon, type DaemonHost } from './daemon.ts';
import type { DaemonOptions } from './options.ts';
import { removePidFile, writePidFile } from './pid-file.ts';

/** Signals of the operating system; tests send their own. */
export interface SignalSource {
  on(signal: NodeJS.Signals, action: () => void): unknown;
  off(signal: NodeJS.Signals, action: () => void): unknown;
}

/** 0 stopped as asked, 1 nothing to serve. */
export type DaemonStatus = 0 | 1;

/** Runs a configuration until a signal ends it. Rejects when a file of its own (log, pid) cannot be written. */
export async function runDaemon(
  options: DaemonOptions,
  host: DaemonHost,
  signals: SignalSource,
): Promise<DaemonStatus> {
  const daemon = await Daemon.open(options, host);
  try {
    if (!(await daemon.start())) return 1;
    const stopped = untilStopped(daemon, signals);
    if (options.pidFile !== null) await writePidFileOrStop(options.pidFile, daemon);
    await stopped;
    if (options.pidFile !== null) await removePidFile(options.pidFile, process.pid);
    return 0;
  } finally {
    await daemon.close();
  }
}

async function writePidFileOrStop(path: string, daemon: Daemon): Promise<void> {
  try {
    await writePidFile(path, process.pid);
  } catch (error) {
    await daemon.stop();
    throw error;
  }
}

/**
 * TERM and INT end the servers, the second one without waiting; QUIT leaves them; HUP and USR2 reload and ABRT checks the
 * books, as in xinetd. USR1 has to be taken as well: by default Node opens a debugger for it.
 */
function untilStopped(daemon: Daemon, signals: SignalSource): Promise<void> {
  return new Promise((resolve, reject) => {
    let stopping = false;
    const end = (how: () => Promise<void> | void): void => {
      if (stopping) {
        daemon.hurry();
        return;
      }
      stopping = true;
      Promise.resolve(how()).then(() => {
        for (const [signal, action] of actions) signals.off(signal, action);
        resolve();
      }, reject);
    };
    const stop = (): void => end(() => daemon.stop());
    const reload = (): void => void daemon.reload();
    const actions: readonly (readonly [NodeJS.Signals, () => void])[] = [
      ['SIGTERM', stop],
      ['SIGINT', stop],
      ['SIGQUIT', () => end(() => daemon.leave())],
      ['SIGHUP', reload],
      ['SIGUSR2', reload],
      ['SIGUSR1', () => daemon.ignore('SIGUSR1')],
      ['SIGABRT', () => daemon.check()],
    ];
    for (const [signal, action] of actions) signals.on(signal, action);
  });
}
