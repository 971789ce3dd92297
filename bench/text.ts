import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { commands } from '../src/commands/registry.ts';
import { daemonEnvironment, daemonPath } from '../test/support/daemons.ts';
import { type Bench, interleaved, median, table } from './support/bench.ts';
import { type LineKindName, lineKindNames, writeLargeInetdConf } from './support/large-inetd-conf.ts';
import { type Cost, costOf, launcher, type Program, peakMemoryOf, timeOf } from './support/run-program.ts';

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
      const report = await compare(input);
      return [report, '', await compareKinds(folder)].join('\n');
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
  const against = (time: number, other: string): string => {
    const base = times[cases.findIndex(({ name }) => name === other)];
    return base === undefined ? '-' : (time / base).toFixed(2);
  };
  const rows = cases.map(({ name }, at) => {
    const time = times[at] ?? Number.NaN;
    const perSecond = Math.round(lines / (time / 1000) / 1000);
    return [
      name,
      `${time.toFixed(0)} ms`,
      against(time, 'itox'),
      against(time, 'xconv.pl'),
      `${perSecond} thousand`,
      `${peaks[at]?.toFixed(0)} MiB`,
    ];
  });
  return [
    `An inetd.conf of ${lines} lines (${(statSync(input).size / 2 ** 20).toFixed(1)} MiB) on standard input, output thrown`,
    `away; medians of ${rounds} rounds in turn, start of the program included.`,
    '',
    table(['command', 'time', 'against itox', 'against xconv.pl', 'lines per second', 'most memory'], rows),
  ].join('\n');
}

const nothing: Program = { command: process.execPath, args: ['-e', '0'] };

/** Several kinds of lines: the conversion in a process of its own, and the parser alone inside one. */
async function compareKinds(folder: string): Promise<string> {
  const parser = join(folder, 'parse-text.cjs');
  await build({
    entryPoints: [fileURLToPath(new URL('support/parse-text.ts', import.meta.url))],
    outfile: parser,
    bundle: true,
    platform: 'node',
    minify: true,
    logLevel: 'error',
  });
  const node = await peakMemoryOf(nothing);
  const rows: string[][] = [];
  for (const kind of lineKindNames) rows.push(await rowOfKind(kind, folder, parser, node));
  return [
    `Processor time for ${lines} lines of one kind each; medians of ${rounds} rounds in turn. \`parse\` is lexer, parser and`,
    `tree inside a running process. Memory: bytes for each byte of input, beyond the ${node.toFixed(0)} MiB of \`node -e 0\`.`,
    '',
    table(['lines', 'xconv.pl', 'xcfg convert', 'ratio', 'ratio of times', 'memory', 'parse', 'ratio'], rows),
  ].join('\n');
}

async function rowOfKind(
  kind: LineKindName,
  folder: string,
  parser: string,
  node: number,
): Promise<string[]> {
  const input = join(folder, 'kind.conf');
  writeLargeInetdConf(input, lines, kind);
  const convert: Program = { command: process.execPath, args: [launcher, 'convert', '-'], input };
  const [, other] = others(input);
  const programs = other === undefined ? [convert] : [convert, other.program];
  const costs: Cost[][] = programs.map(() => []);
  const parsing: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, program] of programs.entries()) costs[at]?.push(costOf(program));
    parsing.push(JSON.parse(execFileSync(process.execPath, [parser, input], { encoding: 'utf8' })).cpu);
  }
  const [own, base] = costs.map((all) => ({
    wall: median(all.map(({ wall }) => wall)),
    cpu: median(all.map(({ cpu }) => cpu)),
  }));
  const peak = ((await peakMemoryOf(convert)) - node) * 2 ** 20;
  const ratio = (value = Number.NaN, of: number | undefined) =>
    of === undefined ? '-' : (value / of).toFixed(2);
  const time = (value: number | undefined) => (value === undefined ? '-' : `${value.toFixed(0)} ms`);
  return [
    kind,
    time(base?.cpu),
    time(own?.cpu),
    ratio(own?.cpu, base?.cpu),
    ratio(own?.wall, base?.wall),
    (peak / statSync(input).size).toFixed(1),
    time(median(parsing)),
    ratio(median(parsing), base?.cpu),
  ];
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
