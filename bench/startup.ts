import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from '../src/commands/registry.ts';
import { type Bench, interleaved, median, table } from './support/bench.ts';
import { launcher, type Program, timeOf } from './support/run-program.ts';

const rounds = 41;

const smallConfiguration = `defaults
{
	instances = 60
	log_type  = SYSLOG authpriv
}

service ftp
{
	socket_type = stream
	wait        = no
	user        = root
	server      = /usr/sbin/in.ftpd
	server_args = -l
}
`;

const smallInetdConf = 'ftp stream tcp nowait root /usr/sbin/tcpd in.ftpd -l\n'.repeat(14);

/** How long a command takes that has next to nothing to do, against a Node that has nothing to do at all. */
export const bench: Bench = {
  name: 'startup',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'xcfg-bench-'));
    try {
      const file = join(folder, 'xinetd.conf');
      const inetdFile = join(folder, 'inetd.conf');
      writeFileSync(file, smallConfiguration);
      writeFileSync(inetdFile, smallInetdConf);
      return await compare(file, inetdFile);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function compare(file: string, inetdFile: string): Promise<string> {
  const known = new Set(commands.map(({ name }) => name));
  const commandLines = [
    ['--version'],
    ['--help'],
    ['lint', file],
    ['fmt', file],
    ['convert', inetdFile],
    ['effective', file],
  ];
  const wanted = commandLines.filter(([word = '']) => word.startsWith('-') || known.has(word));
  const programs: Program[] = [
    { command: process.execPath, args: ['-e', '0'] },
    ...wanted.map((words) => ({ command: process.execPath, args: [launcher, ...words] })),
  ];
  const medians = (await interleaved(programs, rounds, timeOf)).map(median);
  const [base = Number.NaN] = medians;
  const names = [
    'node -e 0',
    ...wanted.map(([word = '']) => `xcfg ${word}${word.startsWith('-') ? '' : ' FILE'}`),
  ];
  const rows = names.map((name, at) => {
    const time = medians[at] ?? Number.NaN;
    return [name, `${time.toFixed(1)} ms`, (time / base).toFixed(2)];
  });
  return [
    `Medians of ${rounds} rounds in turn; files of 14 lines.`,
    '',
    table(['command', 'time', 'against `node -e 0`'], rows),
  ].join('\n');
}
