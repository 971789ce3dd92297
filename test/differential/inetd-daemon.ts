import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { daemonEnvironment, daemonPath } from '../support/daemons.ts';

export type InetdDaemon = 'openbsdInetd' | 'inetutilsInetd';

/** A service as a daemon prints it in debug mode. */
export interface LoadedService {
  /** With its address in front, unless it listens on all. A UNIX socket has none that means something. */
  readonly name: string;
  readonly protocol: string;
  readonly wait: boolean;
  /** Starts in a minute; the default of the daemon where the line says none. */
  readonly max: number;
  /** User and group with a colon between them, the group empty where the line names none. */
  readonly account: string;
  readonly server: string;
  /** Highest and lowest version. */
  readonly rpc: string | null;
}

/** The server of the entry that ends a file. */
export const sentinelServer = '/sentinel';

/** Ends a file: when the daemon has loaded this entry, it has loaded all above. It fits every default address. */
export const sentinels: Readonly<Record<InetdDaemon, string>> = {
  openbsdInetd: `\n*:64999 stream tcp4 nowait root ${sentinelServer} s\n`,
  inetutilsInetd: `\n64999 stream tcp6 nowait root ${sentinelServer} s\n`,
};

/** A daemon that has not loaded a file by then hangs. */
const patience = 10_000;

/** Loads a file that ends in the sentinel and calls back while the daemon listens. Needs a private network. */
export async function withLoaded<T>(
  daemon: InetdDaemon,
  file: string,
  use: (services: readonly LoadedService[]) => Promise<T>,
): Promise<T> {
  const path = daemonPath(daemon);
  if (path === undefined) throw new Error(`${daemon} is not there`);
  const options = daemon === 'openbsdInetd' ? ['-d'] : ['-d', '--pidfile='];
  const child = spawn(path, [...options, file], {
    cwd: dirname(file),
    env: { ...process.env, ...daemonEnvironment() },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    const output = await loadedOutput(child);
    const lines = output.split('\n').filter((line) => !line.endsWith(`server=${sentinelServer}`));
    const services = lines.flatMap(daemon === 'openbsdInetd' ? openbsdLine : inetutilsLine);
    return await use(daemon === 'openbsdInetd' ? services : withoutRepeats(services));
  } finally {
    // Its ports must be free for the next one.
    const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
    child.kill('SIGKILL');
    await ended;
  }
}

async function loadedOutput(child: ChildProcess): Promise<string> {
  let output = '';
  return await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the daemon hangs after:\n${output}`)), patience);
    const add = (chunk: Buffer): void => {
      output += chunk.toString('latin1');
      if (!output.includes(`server=${sentinelServer}\n`)) return;
      clearTimeout(timer);
      resolve(output);
    };
    child.stdout?.on('data', add);
    child.stderr?.on('data', add);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      reject(new Error(`ended with ${code ?? signal} after:\n${output}`));
    });
  });
}

/** `ADD: HOST:SERVICE rpcprog=N, rpcvers=H/L, proto=P, wait.max=W.M user:group=U:G builtin=B server=S`. */
function openbsdLine(line: string): readonly LoadedService[] {
  const match =
    /^(?:ADD|REDO): (.*?) (?:rpcprog=\d+, rpcvers=(\d+\/\d+), )?proto=(.*), wait\.max=(\d)\.(-?\d+) user:group=(.*) builtin=\w+ server=(.*)$/s.exec(
      line,
    );
  if (match === null) return [];
  const [, name = '', rpc = null, protocol = '', wait = '', max = '', account = '', server = ''] = match;
  return [
    {
      name: protocol === 'unix' ? name.slice(name.lastIndexOf(':') + 1) : name,
      protocol,
      wait: wait === '1',
      max: Number(max),
      account: account.replace(/\(default\)$/, ''),
      server,
      rpc,
    },
  ];
}

/** `FILE:LINE: ADD : HOST:SERVICE proto=P, wait=W, max=M, user=U group=G builtin=B server=S`. */
function inetutilsLine(line: string): readonly LoadedService[] {
  const match =
    // Its own entry for the tcpmux port comes from `fix_tcpmux:0`.
    /^(?!fix_tcpmux).*?: (?:ADD |REDO): (.*?) proto=(.*), wait=(\d), max=(\d+), user=(.*) group=(.*) builtin=\w+ server=(.*)$/s.exec(
      line,
    );
  if (match === null) return [];
  const [, name = '', protocol = '', wait = '', max = '', user = '', group = '', server = ''] = match;
  return [
    {
      name: name.replace(/^\*:/, ''),
      protocol,
      wait: wait === '1',
      max: Number(max),
      account: `${user}:${group}`,
      server,
      rpc: null,
    },
  ];
}

/** GNU prints a tcpmux service once for each address in force, though it has no socket. */
function withoutRepeats(services: readonly LoadedService[]): readonly LoadedService[] {
  const seen = new Set<string>();
  return services.filter(({ name }) => {
    const isRepeat = /^tcpmux(?:plus)?:/.test(name) && seen.has(name);
    seen.add(name);
    return !isRepeat;
  });
}

/** What a server says to a client that says nothing, as bytes in latin1. */
export async function answerOf(port: number, address: string): Promise<string> {
  let text = '';
  await new Promise<void>((resolve, reject) => {
    const socket = connect(port, address);
    socket.setEncoding('latin1');
    socket.setTimeout(patience, () => socket.destroy(new Error(`port ${port} says nothing`)));
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve());
    socket.end();
  });
  return text;
}
