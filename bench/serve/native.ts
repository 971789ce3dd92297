// What the addon costs, compared with the real xinetd and with a bare C loop: node --import tsx bench/serve/native.ts
// [CONNECTIONS] [ROUNDS]. Runs itself in a private network namespace, so it needs root.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type LoadFigures, measureLoad } from './load.ts';
import { inOwnNetwork } from './own-network.ts';
import { type Peer, startBare, started, startXinetd } from './peers.ts';
import { compilePrograms, type Programs } from './programs.ts';

const port = 20000;
const clientCounts = [1, 16, 64];
const addonFile = fileURLToPath(new URL('../../native/build/xcfg.node', import.meta.url));
const [connections = 3000, rounds = 3] = process.argv.slice(2).map(Number);

await inOwnNetwork(async () => {
  const programs = compilePrograms();
  try {
    await compare(programs);
  } finally {
    rmSync(programs.folder, { recursive: true });
  }
});

async function compare(programs: Programs): Promise<void> {
  const loop = await bundleLoop(programs);
  const nativeLoop = (spawners: number) => () => {
    const args = [loop, String(port), programs.hello, String(spawners), addonFile];
    return started(spawn(process.execPath, args, { stdio: 'inherit' }), port);
  };
  const peers = new Map<string, () => Promise<Peer | undefined>>([
    ['xinetd', () => startXinetd(programs, port)],
    ['bare C loop', () => startBare(programs, port)],
    ['addon, 1 spawner', nativeLoop(1)],
    ['addon, 2 spawners', nativeLoop(2)],
  ]);
  const results = new Map<string, LoadFigures[]>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, start] of peers) {
      const peer = await start();
      if (peer === undefined) continue;
      // Node compiles what it runs often: what is measured is the addon at work, not its first second.
      await measureLoad(peer.pid, { client: programs.client, port, clients: 16, connections: 500 });
      for (const clients of clientCounts) {
        const key = `${name}/${clients}`;
        const figures = await measureLoad(peer.pid, { client: programs.client, port, clients, connections });
        results.set(key, [...(results.get(key) ?? []), figures]);
      }
      await peer.stop();
    }
  }
  print(results, [...peers.keys()]);
}

async function bundleLoop(programs: Programs): Promise<string> {
  const outfile = join(programs.folder, 'native-loop.mjs');
  const entry = fileURLToPath(new URL('native-loop.ts', import.meta.url));
  await build({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'warning',
  });
  return outfile;
}

function print(results: ReadonlyMap<string, LoadFigures[]>, names: readonly string[]): void {
  for (const clients of clientCounts) {
    const of = (name: string, figure: keyof LoadFigures) =>
      median((results.get(`${name}/${clients}`) ?? []).map((figures) => figures[figure]));
    console.log(
      `\n${clients} client(s)               conn/s  (xinetd=1)   CPU us  (xinetd=1) (bare=1)     p50     p99`,
    );
    for (const name of names) {
      const rate = of(name, 'connectionsPerSecond');
      const cpu = of(name, 'cpuPerConnection');
      console.log(
        [
          name.padEnd(20),
          rate.toFixed(0).padStart(11),
          (rate / of('xinetd', 'connectionsPerSecond')).toFixed(2).padStart(12),
          cpu.toFixed(0).padStart(9),
          (cpu / of('xinetd', 'cpuPerConnection')).toFixed(2).padStart(11),
          (cpu / of('bare C loop', 'cpuPerConnection')).toFixed(2).padStart(9),
          of(name, 'p50').toFixed(0).padStart(8),
          of(name, 'p99').toFixed(0).padStart(8),
        ].join(''),
      );
    }
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
