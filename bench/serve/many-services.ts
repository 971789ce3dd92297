import { compareSettings } from './compare-settings.ts';
import type { Programs } from './programs.ts';
import { openService } from './super-servers.ts';

const firstPort = 20_000;
const services = 3000;

/** Nothing may grow with the configuration: one service alone against the last of three thousand. */
export async function measureManyServices(programs: Programs): Promise<string> {
  const last = firstPort + services;
  const many = Array.from({ length: services }, (_, at) =>
    openService(`service${at}`, firstPort + 1 + at, programs.hello),
  ).join('');
  const [one, among] = await compareSettings(programs, [
    { name: 'one', port: firstPort, text: openService('alone', firstPort, programs.hello) },
    { name: 'many', port: last, text: many },
  ]);
  if (one === undefined || among === undefined) throw new Error('nothing was measured');
  const rate = (among.connectionsPerSecond / one.connectionsPerSecond).toFixed(2);
  const cpu = (among.cpuPerConnection / one.cpuPerConnection).toFixed(2);
  return `With ${services} services the last one answers ${rate} times the connections a second of a service that is alone, at ${cpu} times the CPU (16 clients).`;
}
