import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import {
  daemonEnvironment,
  daemonPath,
  inPrivateNetwork,
  withoutDaemons,
  withoutPrivateNetwork,
} from '../test/support/daemons.ts';
import { type Bench, interleaved, median, table } from './support/bench.ts';

const count = 10_000;
const rounds = 5;

interface Cost {
  /** Milliseconds. */
  readonly wall: number;
  readonly cpu: number;
  readonly services: number;
}

/** What it costs to load many services in as many included files, beside the real xinetd. */
export const bench: Bench = {
  name: 'model',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'xcfg-bench-'));
    try {
      const main = writeConfiguration(folder);
      const program = join(folder, 'load-model.cjs');
      await build({
        entryPoints: [fileURLToPath(new URL('support/load-model.ts', import.meta.url))],
        outfile: program,
        bundle: true,
        platform: 'node',
        minify: true,
        logLevel: 'error',
      });
      return await compare(main, program, folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function compare(main: string, program: string, folder: string): Promise<string> {
  const isMissing = withoutDaemons('xinetd') || withoutPrivateNetwork();
  const costs: Cost[][] = [];
  const cases = [
    ...(isMissing ? [] : [{ name: 'xinetd 2.3.15.3', load: () => loadXinetd(main, folder) }]),
    { name: 'model, profile xinetd-2.3.15.3', load: () => loadModel(program, main, 'xinetd-2.3.15.3') },
    { name: 'model, profile serve', load: () => loadModel(program, main, 'serve') },
  ];
  for (const _ of cases) costs.push([]);
  await interleaved(cases, rounds, async (one) => {
    const cost = await one.load();
    costs[cases.indexOf(one)]?.push(cost);
    return cost.wall;
  });
  const medians = costs.map((all) => ({
    wall: median(all.map(({ wall }) => wall)),
    cpu: median(all.map(({ cpu }) => cpu)),
  }));
  const [base] = medians;
  const rows = cases.map(({ name }, at) => {
    const { wall = Number.NaN, cpu = Number.NaN } = medians[at] ?? {};
    const ratio = (value: number, of: number | undefined) =>
      isMissing || of === undefined ? '-' : (value / of).toFixed(2);
    return [
      name,
      `${wall.toFixed(0)} ms`,
      ratio(wall, base?.wall),
      `${cpu.toFixed(0)} ms`,
      ratio(cpu, base?.cpu),
    ];
  });
  const head = ['who', 'time', 'against xinetd', 'processor', 'against xinetd'];
  return `${count} services in as many files of one folder; medians of ${rounds} rounds in turn, each in a new
process, from its first line of work to the last service.${isMissing ? ` (xinetd: ${isMissing})` : ''}

${table(head, rows)}`;
}

function writeConfiguration(folder: string): string {
  const parts = join(folder, 'xinetd.d');
  mkdirSync(parts);
  for (let number = 0; number < count; number += 1) {
    writeFileSync(
      join(parts, `service-${String(number).padStart(5, '0')}`),
      `# service ${number}
service service-${number}
{
	type            = UNLISTED
	socket_type     = stream
	protocol        = tcp
	port            = ${20_000 + number}
	wait            = no
	user            = nobody
	server          = /bin/cat
	server_args     = -u
	instances       = 20
	per_source      = 5
	only_from       = 10.1.2.0/24 192.0.2.7 .example.org
	log_on_success  = HOST PID
}
`,
    );
  }
  const main = join(folder, 'xinetd.conf');
  writeFileSync(main, `defaults\n{\n\tlog_type = SYSLOG daemon\n}\nincludedir ${parts}\n`);
  return main;
}

function loadModel(program: string, main: string, profile: string): Cost {
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, main, profile], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return complete(JSON.parse(stdout) as Cost);
}

/** In the foreground and with nothing around it but a network of its own. */
async function loadXinetd(main: string, folder: string): Promise<Cost> {
  const log = join(folder, 'xinetd.log');
  rmSync(log, { force: true });
  const argv = ['prlimit', `--nofile=${2 * count}`, daemonPath('xinetd') ?? ''];
  const [command = '', ...args] = inPrivateNetwork([...argv, '-dontfork', '-f', main, '-filelog', log]);
  const started = performance.now();
  const child = spawn(command, args, { stdio: 'ignore', env: { ...process.env, ...daemonEnvironment() } });
  const ended = once(child, 'exit');
  let services = 0;
  while (services === 0 && child.exitCode === null) {
    await delay(1);
    const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
    services = Number(/Started working: (\d+) /.exec(text)?.[1] ?? 0);
  }
  const wall = performance.now() - started;
  const cpu = processorTime(child.pid ?? 0);
  child.kill('SIGKILL');
  await ended;
  return complete({ wall, cpu, services });
}

function complete(cost: Cost): Cost {
  if (cost.services !== count) throw new Error(`${cost.services} services instead of ${count}`);
  return cost;
}

/** Milliseconds of processor time of a process so far; the kernel counts in hundredths of a second. */
function processorTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
