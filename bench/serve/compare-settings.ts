import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { interleaved, median } from '../support/bench.ts';
import { type LoadFigures, measureLoad } from './load.ts';
import type { Peer } from './peers.ts';
import type { Programs } from './programs.ts';
import { startServeWith } from './super-servers.ts';

const rounds = 5;
const connections = 3000;
const clients = 16;

/** A configuration that is written to a file, and the port on which it is measured. */
export interface Setting {
  readonly name: string;
  readonly text: string;
  readonly port: number;
}

/** Medians of the same load on `xcfg serve` with each of these configurations, all of which run at the same time. */
export async function compareSettings(
  programs: Programs,
  settings: readonly Setting[],
): Promise<readonly LoadFigures[]> {
  const peers: Peer[] = [];
  for (const { name, text, port } of settings) {
    const file = join(programs.folder, `${name}.conf`);
    writeFileSync(file, text);
    peers.push(await startServeWith(file, port));
  }
  const all: LoadFigures[][] = settings.map(() => []);
  await interleaved([...settings.keys()], rounds, async (at) => {
    const { port } = settings[at] as Setting;
    const figures = await measureLoad(peers[at]?.pid ?? 0, {
      client: programs.client,
      port,
      clients,
      connections,
    });
    all[at]?.push(figures);
    return figures.connectionsPerSecond;
  });
  for (const peer of peers) await peer.stop();
  return all.map(mediansOf);
}

function mediansOf(figures: readonly LoadFigures[]): LoadFigures {
  const of = (name: keyof LoadFigures): number => median(figures.map((one) => one[name]));
  return {
    connectionsPerSecond: of('connectionsPerSecond'),
    cpuPerConnection: of('cpuPerConnection'),
    p50: of('p50'),
    p99: of('p99'),
    failed: of('failed'),
  };
}
