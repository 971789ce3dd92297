import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bench, interleaved, median, table } from './support/bench.ts';
import { costOf, launcher, type Program, peakMemoryOf } from './support/run-program.ts';

const count = 20_000;
const few = 2000;
const rounds = 3;
const shell = 'sh';

/** What it costs to lint a fleet: many small files, each by itself and all as one folder. */
export const bench: Bench = {
  name: 'lint',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'xcfg-bench-'));
    try {
      for (const fleet of fleets) writeFleet(folderOf(folder, fleet), fleet);
      return `${await compare(folderOf(folder, { files: count, hasFindings: true }))}\n\n${await memory(folder)}`;
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

/** What a cache of findings by the content of files would have to do for every file, before it could save anything. */
const hashAll = `
const { createHash } = require('node:crypto');
const { readdirSync, readFileSync } = require('node:fs');
const folder = process.argv[1];
for (const name of readdirSync(folder)) createHash('sha256').update(readFileSync(folder + '/' + name)).digest('hex');
`;

interface Case {
  readonly name: string;
  readonly files: number;
  readonly program: Program;
}

interface Fleet {
  readonly files: number;
  /** Every fourth file has one. */
  readonly hasFindings: boolean;
}

const fleets: readonly Fleet[] = [few, count].flatMap((files) =>
  [false, true].map((hasFindings) => ({ files, hasFindings })),
);

function folderOf(folder: string, { files, hasFindings }: Fleet): string {
  return join(folder, `${files}${hasFindings ? '-findings' : ''}`, 'xinetd.d');
}

function lint(workers: number, what: string): Program {
  return {
    command: process.execPath,
    args: [launcher, 'lint', '--format=compact', `--workers=${workers}`, what],
  };
}

/** What a file adds to the memory of a run, whose size is that of what it keeps. */
async function memory(folder: string): Promise<string> {
  const kinds = [false, true].flatMap((hasFindings) => [
    ...[1, 2].map((workers) => ({ hasFindings, workers, pattern: '*', name: 'one by one' })),
    { hasFindings, workers: 1, pattern: '', name: 'of one folder' },
  ]);
  const rows: string[][] = [];
  for (const { hasFindings, workers, pattern, name } of kinds) {
    const peaks: number[] = [];
    for (const files of [few, count]) {
      const drop = folderOf(folder, { files, hasFindings });
      peaks.push(await peakMemoryOf(lint(workers, pattern === '' ? drop : join(drop, pattern))));
    }
    const [less = Number.NaN, more = Number.NaN] = peaks;
    rows.push([
      `${name}, ${workers} worker${workers === 1 ? '' : 's'}, ${hasFindings ? 'a finding in every fourth' : 'no finding'}`,
      `${less.toFixed(0)} MiB`,
      `${more.toFixed(0)} MiB`,
      `${(((more - less) * 1024) / (count - few)).toFixed(1)} KiB`,
    ]);
  }
  return `Most memory by the number of files. Of files that stand alone a run keeps names and findings: what the figures grow by is
for the most part room that V8 takes for what is young, once. Of one folder it keeps words and model.

${table(['what', `${few} files`, `${count} files`, 'for each file more'], rows)}`;
}

async function compare(drop: string): Promise<string> {
  const hundred = join(drop, 'web000*');
  const cases: Case[] = [
    {
      name: 'cat',
      files: count,
      program: { command: shell, args: ['-c', `ls ${drop} | (cd ${drop}; xargs cat)`] },
    },
    {
      name: 'reading and hashing in Node',
      files: count,
      program: { command: process.execPath, args: ['-e', hashAll, drop] },
    },
    { name: 'start alone: 1 file', files: 1, program: lint(1, join(drop, 'web00001')) },
    ...[1, 2].map((workers) =>
      named(`${count} files one by one`, workers, count, lint(workers, join(drop, '*'))),
    ),
    {
      name: `${count} files one by one, half by each of two runs at once`,
      files: count,
      program: atOnce(lint(1, join(drop, 'web0*')), lint(1, join(drop, 'web1*'))),
    },
    named(`${count} files of one folder`, 1, count, lint(1, drop)),
    ...[1, 2].map((workers) => named('100 files', workers, 100, lint(workers, hundred))),
    ...[1, 2].map((workers) => named('1000 files', workers, 1000, lint(workers, join(drop, 'web00*')))),
  ];
  const costs: { wall: number; cpu: number }[][] = cases.map(() => []);
  await interleaved(cases, rounds, (one) => {
    const cost = costOf(one.program);
    costs[cases.indexOf(one)]?.push(cost);
    return cost.wall;
  });
  const peaks = (await interleaved(cases, 1, ({ program }) => peakMemoryOf(program))).map(median);
  const medians = costs.map((all) => ({
    wall: median(all.map(({ wall }) => wall)),
    cpu: median(all.map(({ cpu }) => cpu)),
  }));
  const [cat, , start] = medians;
  const rows = cases.map(({ name, files, program }, at) => {
    const { wall = Number.NaN, cpu = Number.NaN } = medians[at] ?? {};
    const perSecond = files === 1 ? '-' : Math.round(files / ((cpu - (start?.cpu ?? 0)) / 1000)).toString();
    return [
      name,
      `${wall.toFixed(0)} ms`,
      files === count && cat !== undefined ? (wall / cat.wall).toFixed(1) : '-',
      files === 1 ? '-' : Math.round(files / (wall / 1000)).toString(),
      `${cpu.toFixed(0)} ms`,
      at < 2 ? '-' : perSecond,
      program.command === shell ? '-' : `${peaks[at]?.toFixed(0)} MiB`,
    ];
  });
  const head = [
    'what',
    'time',
    'against cat',
    'files per second',
    'processor',
    'files per second of processor, without the start',
    'most memory',
  ];
  return `Files of 14 lines with one service, every fourth with a comment behind a value. Medians of ${rounds} rounds in turn,
report thrown away. There is no cache of findings by the content of files: about a folder that is read as one it knows
nothing, because what is said of a file depends on the others; and for files that stand alone it saves at best the
difference to reading and hashing them, which are seconds for thousands of files and nothing to feel for a hundred.
Two runs at once, which have nothing in common, show what is left of a processor when its neighbour works as well.

${table(head, rows)}`;
}

/** Two programs side by side; the memory is then that of neither. */
function atOnce(one: Program, other: Program): Program {
  const words = [one, other].map(({ command, args }) => [command, ...args]);
  const all = words.flat().map((_, at) => `"\${${at + 1}}"`);
  const call = `${all.slice(0, words[0]?.length).join(' ')} & ${all.slice(words[0]?.length).join(' ')} & wait`;
  return { command: shell, args: ['-c', call, shell, ...words.flat()] };
}

function named(what: string, workers: number, files: number, program: Program): Case {
  return { name: `${what}, ${workers} worker${workers === 1 ? '' : 's'}`, files, program };
}

function writeFleet(folder: string, { files, hasFindings }: Fleet): void {
  mkdirSync(folder, { recursive: true });
  for (let number = 0; number < files; number += 1) {
    const name = `web${String(number).padStart(5, '0')}`;
    writeFileSync(
      join(folder, name),
      `# ${name}: answers with what it is sent
service ${name}
{
	type            = UNLISTED
	flags           = IPv4
	socket_type     = stream
	protocol        = tcp
	port            = ${20_000 + number}
	wait            = no
	user            = nobody
	server          = /usr/libexec/answer
	only_from       = 192.0.2.0/24${hasFindings && number % 4 === 0 ? ' # inside' : ''}
	log_on_success  = HOST PID
}
`,
    );
  }
}
