import { median, table } from '../support/bench.ts';
import { type LoadFigures, measureLoad } from './load.ts';
import type { Programs } from './programs.ts';
import { superServers } from './super-servers.ts';

const port = 20_000;
const clientCounts = [1, 16, 64];
const connections = 3000;
const rounds = 3;
/** The yardstick of the ratios. */
const yardstick = 'xinetd 2.3.15.3';

/** A static "hello" server for each connection: rate, cost and latency against other super-servers. */
export async function measureSpeed(programs: Programs): Promise<string> {
  const figures = new Map<string, LoadFigures[]>();
  const names = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, start] of superServers) {
      const peer = await start(programs, port);
      if (peer === undefined) continue;
      names.add(name);
      // Node compiles what it runs often: what is measured is the daemon at work, not its first second.
      await measureLoad(peer.pid, { client: programs.client, port, clients: 16, connections: 500 });
      for (const clients of clientCounts) {
        const load = { client: programs.client, port, clients, connections };
        const key = `${name} ${clients}`;
        figures.set(key, [...(figures.get(key) ?? []), await measureLoad(peer.pid, load)]);
      }
      await peer.stop();
    }
  }
  const medianOf = (name: string, clients: number, figure: keyof LoadFigures): number =>
    median((figures.get(`${name} ${clients}`) ?? []).map((one) => one[figure]));
  const rows = [...names].map((name) => [
    name,
    clientCounts.map((clients) => medianOf(name, clients, 'connectionsPerSecond').toFixed(0)).join(' / '),
    ratios(
      (clients) =>
        medianOf(name, clients, 'connectionsPerSecond') /
        medianOf(yardstick, clients, 'connectionsPerSecond'),
    ),
    clientCounts.map((clients) => medianOf(name, clients, 'cpuPerConnection').toFixed(0)).join(' / '),
    ratios(
      (clients) =>
        medianOf(name, clients, 'cpuPerConnection') / medianOf(yardstick, clients, 'cpuPerConnection'),
    ),
    clientCounts.map((clients) => (medianOf(name, clients, 'p99') / 1000).toFixed(1)).join(' / '),
  ]);
  return [
    `A static "hello" server for each connection; 1 / 16 / 64 clients at a time, ${connections} connections each, medians of ${rounds} rounds. CPU is the server and its children, per connection.`,
    table(['', 'connections/s', 'against xinetd', 'CPU us', 'against xinetd', 'p99 ms'], rows),
  ].join('\n\n');
}

function ratios(of: (clients: number) => number): string {
  return clientCounts.map((clients) => of(clients).toFixed(2)).join(' / ');
}
