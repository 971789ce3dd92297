import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { daemonEnvironment, daemonPath } from '../../test/support/daemons.ts';
import { type Peer, startBare, started, startXinetd } from './peers.ts';
import type { Programs } from './programs.ts';

const launcher = fileURLToPath(new URL('../../bin/xcfg.js', import.meta.url));

/** Starts a program that serves `hello` on a port; undefined where it was not fetched. */
export type StartPeer = (programs: Programs, port: number) => Promise<Peer | undefined>;

/** Whatever runs a server for each connection, by the name in the report. */
export const superServers: ReadonlyMap<string, StartPeer> = new Map<string, StartPeer>([
  ['xinetd 2.3.15.3', startXinetd],
  ['openbsd-inetd', startOpenbsdInetd],
  ['tcpserver', startTcpserver],
  ['bare C loop', startBare],
  ['xcfg serve', startServe],
]);

/** Starts `xcfg serve`, from its launcher as users do, with one service and all its limits out of the way. */
export function startServe(programs: Programs, port: number): Promise<Peer> {
  const configuration = join(programs.folder, 'serve.conf');
  writeFileSync(configuration, openService('hello', port, programs.hello));
  return startServeWith(configuration, port);
}

/** Starts `xcfg serve` with a configuration one of whose services answers on the port. */
export function startServeWith(
  configuration: string,
  port: number,
  args: readonly string[] = [],
): Promise<Peer> {
  const words = [launcher, 'serve', '-f', configuration, ...args];
  return started(spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'ignore'] }), port);
}

/** A service without limits, with these lines besides. */
export function openService(name: string, port: number, server: string, ...lines: string[]): string {
  const attributes = [
    'type = UNLISTED',
    'socket_type = stream',
    'protocol = tcp',
    `port = ${port}`,
    'bind = 127.0.0.1',
    'wait = no',
    'user = root',
    `server = ${server}`,
    'instances = UNLIMITED',
    'per_source = UNLIMITED',
    'cps = 0 0',
    'flags = NOLIBWRAP',
    ...lines,
  ];
  return `service ${name}\n{\n${attributes.map((line) => `\t${line}\n`).join('')}}\n`;
}

async function startOpenbsdInetd(programs: Programs, port: number): Promise<Peer | undefined> {
  const program = daemonPath('openbsdInetd');
  if (program === undefined) return undefined;
  const configuration = join(programs.folder, 'inetd.conf');
  const name = programs.hello.slice(programs.hello.lastIndexOf('/') + 1);
  writeFileSync(
    configuration,
    `127.0.0.1:${port} stream tcp nowait.1000000 root ${programs.hello} ${name}\n`,
  );
  const env = { ...process.env, ...daemonEnvironment() };
  return started(spawn(program, ['-i', configuration], { stdio: 'ignore', env }), port);
}

async function startTcpserver(programs: Programs, port: number): Promise<Peer | undefined> {
  const program = daemonPath('tcpserver');
  if (program === undefined) return undefined;
  const args = ['-c', '1000', '-b', '512', '-H', '-R', '-l', '0', '127.0.0.1', `${port}`, programs.hello];
  return started(spawn(program, args, { stdio: 'ignore' }), port);
}
