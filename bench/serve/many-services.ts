import { readFileSync } from 'node:fs';
import { compareSettings, type Setting } from './compare-settings.ts';
import type { Programs } from './programs.ts';
import { openService } from './super-servers.ts';

const counts = [3000, 10_000];
/** Below those that the kernel gives to clients. */
const firstPort = 10_000;
/** Descriptors that a daemon needs beside those of its listeners. */
const reserve = 1000;

/** Nothing may grow with the configuration: one service alone against the last of thousands. */
export async function measureManyServices(programs: Programs): Promise<string> {
  const most = mostDescriptors() - reserve;
  const possible = counts.filter((count) => count <= most);
  let port = firstPort;
  const settings: Setting[] = [];
  for (const count of [1, ...possible]) {
    const text = Array.from({ length: count }, (_, at) =>
      openService(`service${at}`, port + at, programs.hello),
    ).join('');
    settings.push({ name: `services-${count}`, port: port + count - 1, text });
    port += count;
  }
  const [one, ...many] = await compareSettings(programs, settings);
  if (one === undefined) throw new Error('nothing was measured');
  const lines = possible.map((count, at) => {
    const among = many[at] ?? one;
    const rate = (among.connectionsPerSecond / one.connectionsPerSecond).toFixed(2);
    const cpu = (among.cpuPerConnection / one.cpuPerConnection).toFixed(2);
    return `With ${count} services the last one answers ${rate} times the connections a second of a service that is alone, at ${cpu} times the CPU (16 clients).`;
  });
  const left = counts
    .filter((count) => count > most)
    .map(
      (count) =>
        `${count} services were left out: this machine grants a process ${most + reserve} descriptors.`,
    );
  return [...lines, ...left].join(' ');
}

/** Node has raised the limit of this process as far as it goes. */
function mostDescriptors(): number {
  const [, soft = '0'] = /^Max open files +(\S+)/m.exec(readFileSync('/proc/self/limits', 'latin1')) ?? [];
  return soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft);
}
