import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from '../src/commands/registry.ts';
import { daemonEnvironment, daemonPath } from '../test/support/daemons.ts';
import { type Bench, interleaved, median, table } from './support/bench.ts';
import { writeLargeInetdConf } from './support/large-inetd-conf.ts';
import { launcher, type Program, peakMemoryOf, timeOf } from './support/run-program.ts';

const lines = 100_000;
const rounds = 5;

/** What one large inetd.conf costs, beside the converters that come with xinetd. */
export const bench: Bench = {
  name: 'text',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'xcfg-bench-'));
    try {
      const input = join(folder, 'inetd.conf');
      writeLargeInetdConf(input, lines);
      return await compare(input);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

interface Case {
  readonly name: string;
  readonly program: Program;
}

async function compare(input: string): Promise<string> {
  const known = new Set(commands.map(({ name }) => name));
  const own = [['parse'], ['lint', '--format=compact'], ['fmt'], ['convert']].filter(([word = '']) =>
    known.has(word),
  );
  const cases: Case[] = [
    ...others(input),
    ...own.map((words) => ({
      name: `xcfg ${words.join(' ')}`,
      program: { command: process.execPath, args: [launcher, ...words, '-'], input },
    })),
  ];
  const times = (await interleaved(cases, rounds, ({ program }) => timeOf(program))).map(median);
  const peaks = (await interleaved(cases, 1, ({ program }) => peakMemoryOf(program))).map(median);
  const reference = cases.findIndex(({ name }) => name === 'itox');
  const base = reference === -1 ? undefined : times[reference];
  const rows = cases.map(({ name }, at) => {
    const time = times[at] ?? Number.NaN;
    const ratio = base === undefined ? '-' : (time / base).toFixed(2);
    const perSecond = Math.round(lines / (time / 1000) / 1000);
    return [name, `${time.toFixed(0)} ms`, ratio, `${perSecond} thousand`, `${peaks[at]?.toFixed(0)} MiB`];
  });
  return [
    `An inetd.conf of ${lines} lines (${(statSync(input).size / 2 ** 20).toFixed(1)} MiB) on standard input, output thrown`,
    `away; medians of ${rounds} rounds in turn, start of the program included.`,
    '',
    table(['command', 'time', 'against itox', 'lines per second', 'most memory'], rows),
  ].join('\n');
}

/** The converters of the xinetd package, where they have been fetched. */
function others(input: string): Case[] {
  const env = daemonEnvironment();
  const found: Case[] = [];
  const itox = daemonPath('itox');
  if (itox !== undefined) {
    found.push({ name: 'itox', program: { command: itox, args: ['-daemon_dir', '/usr/sbin'], input, env } });
  }
  const xconv = daemonPath('xconv');
  if (xconv !== undefined)
    found.push({ name: 'xconv.pl', program: { command: 'perl', args: [xconv], input, env } });
  return found;
}
