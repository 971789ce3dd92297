import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { daemonEnvironment, daemonPath } from '../../test/support/daemons.ts';
import { measureLoad } from './load.ts';
import { type Peer, started } from './peers.ts';
import type { Programs } from './programs.ts';
import { openService, startServeWith } from './super-servers.ts';

const port = 20_000;
const connections = 5000;

/** What a client costs that only_from turns away. */
export async function measureRefusals(programs: Programs): Promise<string> {
  const configuration = join(programs.folder, 'refusing.conf');
  writeFileSync(configuration, openService('closed', port, programs.hello, 'only_from = 192.0.2.1'));
  const ours = await costOf(programs, () => startServeWith(configuration, port));
  const program = daemonPath('xinetd');
  if (program === undefined) return `A client that only_from refuses costs ${ours.toFixed(0)} us.`;
  const real = await costOf(programs, () => startXinetdWith(program, configuration, programs));
  const ratio = (ours / real).toFixed(2);
  return `A client that only_from refuses costs ${ours.toFixed(0)} us of CPU, ${ratio} of what it costs xinetd (${real.toFixed(0)} us).`;
}

async function costOf(programs: Programs, start: () => Promise<Peer>): Promise<number> {
  const peer = await start();
  const load = { client: programs.client, port, clients: 16, connections };
  await measureLoad(peer.pid, load);
  const { cpuPerConnection } = await measureLoad(peer.pid, load);
  await peer.stop();
  return cpuPerConnection;
}

function startXinetdWith(program: string, configuration: string, { folder }: Programs): Promise<Peer> {
  const args = [
    '-dontfork',
    '-f',
    configuration,
    '-pidfile',
    join(folder, 'pid'),
    '-filelog',
    join(folder, 'log'),
  ];
  return started(
    spawn(program, args, { stdio: 'ignore', env: { ...process.env, ...daemonEnvironment() } }),
    port,
  );
}
