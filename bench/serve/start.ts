import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { daemonEnvironment, daemonPath } from '../../test/support/daemons.ts';
import { median } from '../support/bench.ts';
import { type Peer, started } from './peers.ts';
import type { Programs } from './programs.ts';
import { openService, startServeWith } from './super-servers.ts';

const firstPort = 20_001;
const services = 10_000;
const rounds = 3;

/** How long it takes until the last of ten thousand services answers. */
export async function measureStart(programs: Programs): Promise<string> {
  const configuration = join(programs.folder, 'large.conf');
  const lastPort = firstPort + services - 1;
  const text = Array.from({ length: services }, (_, at) =>
    openService(`service${at}`, firstPort + at, programs.hello),
  ).join('');
  writeFileSync(configuration, text);
  const program = daemonPath('xinetd');
  const ours: number[] = [];
  const real: number[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await timeOf(() => startServeWith(configuration, lastPort)));
    if (program === undefined) continue;
    const args = [
      '-dontfork',
      '-f',
      configuration,
      '-pidfile',
      join(programs.folder, 'pid'),
      '-filelog',
      join(programs.folder, 'log'),
    ];
    const env = { ...process.env, ...daemonEnvironment() };
    real.push(await timeOf(() => started(spawn(program, args, { stdio: 'ignore', env }), lastPort)));
  }
  const shown = `The last of ${services} services answers ${median(ours).toFixed(0)} ms after the start`;
  if (real.length === 0) return `${shown}.`;
  return `${shown}, ${(median(ours) / median(real)).toFixed(2)} times xinetd's ${median(real).toFixed(0)} ms.`;
}

async function timeOf(start: () => Promise<Peer>): Promise<number> {
  const begun = performance.now();
  const peer = await start();
  const time = performance.now() - begun;
  await peer.stop();
  return time;
}
