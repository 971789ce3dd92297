import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ArgumentsCamelCase } from 'yargs';
import { diskFiles } from '../model/host/disk-files.ts';
import { hasLibwrapRules } from '../model/host/libwrap-rules.ts';
import type { Addon } from '../native/addon.ts';
import { loadAddon } from '../native/load.ts';
import { becomeDaemon } from '../serve/become-daemon.ts';
import { reportCheck } from '../serve/check-report.ts';
import { systemClock } from '../serve/clock.ts';
import type { DaemonHost } from '../serve/daemon.ts';
import { waitingClients } from '../serve/listener/waiting-clients.ts';
import { liveTables } from '../serve/live-tables.ts';
import { loadConfiguration } from '../serve/load-configuration.ts';
import { escapeLogText } from '../serve/log/escape.ts';
import { LogProbe } from '../serve/log/log-probe.ts';
import { openStandardError } from '../serve/log/standard-error.ts';
import { isSyslogFacility } from '../serve/log/syslog.ts';
import type { DaemonOptions } from '../serve/options.ts';
import { prepareServices } from '../serve/prepare/prepare-service.ts';
import { watchRules } from '../serve/rule-watch.ts';
import { runDaemon } from '../serve/run-daemon.ts';
import { cacheUsers } from '../serve/user-cache.ts';
import { nameOnDisk } from '../text/bare-bytes.ts';
import { escapeControl } from '../text/escape-control.ts';
import type { CommandIo } from './command.ts';
import { dialectOf } from './dialect-option.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { chosenFormat } from './input-options.ts';
import { write } from './output.ts';
import type { ServeOptions } from './serve.ts';
import { UsageError } from './usage-error.ts';

/** The work of `xcfg serve`. */
export async function runServe(args: ArgumentsCamelCase<ServeOptions>, io: CommandIo): Promise<ExitCode> {
  const options = daemonOptions(args, io);
  const loaded = loadAddon();
  if (!loaded.ok) throw new UsageError(loaded.reason, loaded.remedy);
  const host = daemonHost(loaded.addon, args, io);
  const status = args.check ? await check(host, io) : await runDaemon(options, host, process);
  if (status === exitCodes.failure) await nameWayOut(args.file, io);
  return status;
}

/** The log tells of a file that is missing with the words of xinetd, which say nothing of what to do. */
async function nameWayOut(file: string, io: CommandIo): Promise<void> {
  if (existsSync(nameOnDisk(resolve(io.cwd, file)))) return;
  await write(io.stderr, `xcfg: there is no ${escapeControl(file)}; -f FILE names a configuration\n`);
}

async function check(host: DaemonHost, io: CommandIo): Promise<ExitCode> {
  const surroundings = host.lookAround();
  const configuration = await host.load(surroundings.tables);
  const remarks: string[] = [];
  const preparation = await prepareServices(configuration.services, {
    ...host,
    ...surroundings,
    logs: new LogProbe(configuration.commonLog),
    log: { write: (_level, message) => remarks.push(escapeLogText(message)) },
  });
  const { running, refused, notes } = reportCheck(configuration, preparation);
  await write(io.stdout, running.map((line) => `${line}\n`).join(''));
  await write(io.stderr, [...refused, ...remarks, ...notes].map((line) => `${line}\n`).join(''));
  if (!configuration.accepted) return exitCodes.failure;
  return running.length > 0 && refused.length === 0 ? exitCodes.ok : exitCodes.findings;
}

function daemonOptions(args: ArgumentsCamelCase<ServeOptions>, io: CommandIo): DaemonOptions {
  const { file, filelog, syslog, pidfile, limit, grace, cc } = args;
  if (file === '-') {
    throw new UsageError(
      'serve cannot read its configuration from standard input',
      'name a file: it is read again on HUP',
    );
  }
  if (statSync(nameOnDisk(resolve(io.cwd, file)), { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(
      `${file} is a folder`,
      'name a file; a line "includedir FOLDER" in it reads a folder',
    );
  }
  if (filelog !== undefined && syslog !== undefined) {
    throw new UsageError(
      '--filelog and --syslog are given',
      'messages go to one place: leave one of them out',
    );
  }
  if (syslog !== undefined && !isSyslogFacility(syslog)) {
    throw new UsageError(
      `"${syslog}" is no syslog facility`,
      'daemon, auth, user and local0 to local7 are some',
    );
  }
  requireSeconds('cc', cc);
  requireSeconds('grace', grace);
  return {
    strict: args.strict,
    stayAlive: args.stayalive || args.dontfork,
    // As a program of xinetd's time would print -1: no limit.
    processLimit: limit === undefined || limit < 0 ? null : limit,
    pidFile: pidfile === undefined ? null : resolve(io.cwd, pidfile),
    logFile: filelog === undefined ? null : resolve(io.cwd, filelog),
    syslogFacility: syslog ?? null,
    serviceLogToStderr: args.serviceLog === 'stderr',
    grace: grace * 1000,
    checkInterval: cc === undefined || cc === 0 ? null : cc * 1000,
    debug: args.trace,
  };
}

function requireSeconds(name: string, value: number | undefined): void {
  if (value === undefined || value >= 0) return;
  throw new UsageError(`--${name} ${value} is not a number of seconds`, `write for example --${name}=10`);
}

function daemonHost(addon: Addon, args: ArgumentsCamelCase<ServeOptions>, io: CommandIo): DaemonHost {
  const files = diskFiles({ directory: io.cwd });
  const dialect = dialectOf(args.dialect);
  const daemon = becomeDaemon(addon);
  return {
    addon,
    clock: systemClock,
    waitingClients: waitingClients(),
    descriptorLimit: daemon.limits('nofile').hard,
    stderr: openStandardError(addon),
    kill: (pid, signal) => process.kill(pid, signal),
    daemon,
    files,
    lookAround() {
      const users = cacheUsers(addon);
      return {
        users,
        tables: liveTables(users, files),
        rules: { libwrapRules: hasLibwrapRules('/etc', files) },
      };
    },
    watchRules,
    async load(tables) {
      return await loadConfiguration({
        file: resolve(io.cwd, args.file),
        format: chosenFormat(args.from),
        dialect,
        inetdCompat: args.inetdCompat ? '/etc/inetd.conf' : null,
        tables,
        files,
        environment: [...daemon.env.keys()],
      });
    },
  };
}
