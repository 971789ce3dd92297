import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { daemonEnvironment, daemonPath } from '../../test/support/daemons.ts';
import type { Programs } from './programs.ts';

/** A running super-server that starts `hello` for each connection to its port. */
export interface Peer {
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts the floor: accept, vfork and exec in C. */
export function startBare(programs: Programs, port: number): Promise<Peer> {
  return started(spawn(programs.bare, [String(port), programs.hello], { stdio: 'ignore' }), port);
}

/** Starts the real xinetd with one service and all its limits out of the way; undefined where it was not fetched. */
export async function startXinetd(programs: Programs, port: number): Promise<Peer | undefined> {
  const program = daemonPath('xinetd');
  if (program === undefined) return undefined;
  const configuration = join(programs.folder, 'xinetd.conf');
  writeFileSync(configuration, xinetdConfiguration(programs.hello, port));
  const child = spawn(
    program,
    [
      '-dontfork',
      '-f',
      configuration,
      '-pidfile',
      join(programs.folder, 'xinetd.pid'),
      '-filelog',
      join(programs.folder, 'xinetd.log'),
    ],
    { stdio: 'ignore', env: { ...process.env, ...daemonEnvironment() } },
  );
  return started(child, port);
}

function xinetdConfiguration(server: string, port: number): string {
  return `service hello
{
	type = UNLISTED
	socket_type = stream
	protocol = tcp
	port = ${port}
	bind = 127.0.0.1
	wait = no
	user = root
	server = ${server}
	instances = UNLIMITED
	per_source = UNLIMITED
	cps = 0 0
	flags = NOLIBWRAP
}
`;
}

/** Resolves once the port answers; the connection that proves it is one start of the server. */
export async function started(child: ChildProcess, port: number): Promise<Peer> {
  const { pid } = child;
  if (pid === undefined) throw new Error(`cannot start ${child.spawnfile}`);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with status ${child.exitCode}`);
    if (await answers(port)) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    pid,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('error', () => resolve(false));
    socket.on('end', () => resolve(true));
    socket.resume();
  });
}
