import { compareSettings } from './compare-settings.ts';
import type { Programs } from './programs.ts';
import { openService } from './super-servers.ts';

const firstPort = 20_000;
const addresses = 100_000;

/** What a list of a hundred thousand addresses costs the clients that it admits. */
export async function measureLargeLists(programs: Programs): Promise<string> {
  const words = Array.from(
    { length: addresses },
    (_, at) => `10.${at >> 16}.${(at >> 8) & 255}.${at & 255 || '0/32'}`,
  );
  const lines = Array.from({ length: addresses / 100 }, (_, at) => words.slice(at * 100, at * 100 + 100)).map(
    (some) => `only_from += ${some.join(' ')}`,
  );
  const [none, many] = await compareSettings(programs, [
    { name: 'no-list', port: firstPort, text: openService('anybody', firstPort, programs.hello) },
    {
      name: 'large-list',
      port: firstPort + 1,
      text: openService('listed', firstPort + 1, programs.hello, ...lines, 'only_from += 127.0.0.1'),
    },
  ]);
  if (none === undefined || many === undefined) throw new Error('nothing was measured');
  const rate = (many.connectionsPerSecond / none.connectionsPerSecond).toFixed(2);
  const cpu = (many.cpuPerConnection / none.cpuPerConnection).toFixed(2);
  return `With ${addresses} addresses in only_from a service answers ${rate} times the connections a second of one without a list, at ${cpu} times the CPU (16 clients).`;
}
