// Converts the inetd.conf files of the corpus beside the project with xcfg, itox and xconv.pl, runs each result in the real
// xinetd, and prints how many services it starts. Needs the daemons (scripts/fetch-daemons.sh) and root.
// usage: node --import tsx scripts/convert-corpus.ts [NAME-PART]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from '../src/commands/main.ts';
import {
  daemonEnvironment,
  daemonPath,
  withoutDaemons,
  withoutPrivateNetwork,
} from '../test/support/daemons.ts';
import { fakeIo } from '../test/support/fake-io.ts';
import { inetdServices } from '../test/support/inetd-services.ts';
import { activeServices, runDaemon } from '../test/support/real-xinetd.ts';

const corpus = fileURLToPath(new URL('../../shared/corpus/inetd', import.meta.url));
const tools = ['xcfg', 'itox', 'xconv.pl'] as const;
type Tool = (typeof tools)[number];

const missing = !existsSync(corpus)
  ? `no ${corpus}`
  : withoutDaemons('xinetd', 'itox', 'xconv') || withoutPrivateNetwork();
if (missing === false) await run();
else {
  console.error(missing);
  process.exitCode = 2;
}

async function run(): Promise<void> {
  const files = readdirSync(corpus).filter((name) => name.includes(process.argv[2] ?? ''));
  const texts = new Map(files.map((name) => [name, readFileSync(join(corpus, name))]));
  const started: Record<Tool, number> = { xcfg: 0, itox: 0, 'xconv.pl': 0 };
  const worse: Record<Tool, number> = { xcfg: 0, itox: 0, 'xconv.pl': 0 };
  const counts = new Map(files.map((name) => [name, { wanted: 0, xcfg: 0, itox: 0, 'xconv.pl': 0 }]));
  let unnamed = 0;
  for (const tool of tools) {
    const runs = startAll(tool, await convertAll(tool, texts));
    for (const name of files) {
      const count = counts.get(name);
      if (count !== undefined) count[tool] = activeServices(runs[name]?.state ?? '').length;
    }
  }
  for (const [name, bytes] of texts) {
    const count = counts.get(name);
    if (count === undefined) continue;
    count.wanted = startable(bytes);
    for (const tool of tools) {
      started[tool] += count[tool];
      if (count[tool] < count.wanted) worse[tool] += 1;
    }
    if (count.xcfg < count.wanted) {
      const left = count.wanted - count.xcfg - (await namedLosses(bytes));
      if (left > 0) unnamed += left;
    }
  }
  const wanted = [...counts.values()].reduce((sum, count) => sum + count.wanted, 0);
  console.log(
    `| ${files.length} files, ${wanted} services | started | files with fewer than there are |\n| --- | --- | --- |`,
  );
  for (const tool of tools) console.log(`| ${tool} | ${started[tool]} | ${worse[tool]} |`);
  console.log(`\nservices that xcfg neither starts nor names: ${unnamed}`);
  if (unnamed > 0) process.exitCode = 1;
}

/** Services that are switched on and need no port mapper, which is not there. */
function startable(bytes: Buffer): number {
  return inetdServices(bytes.toString('latin1'), 'debian')
    .filter(({ service }) => !service.isDisabled && service.kind !== 'rpc' && service.kind !== 'unix')
    .reduce((sum, { service }) => sum + Math.max(1, service.addresses.length), 0);
}

async function convertAll(tool: Tool, texts: ReadonlyMap<string, Buffer>): Promise<Record<string, string>> {
  const results: Record<string, string> = {};
  for (const [name, bytes] of texts) {
    const text = tool === 'xcfg' ? (await convert(bytes)).output : oldTool(tool, bytes);
    // The programs are not on this system; xinetd looks for them when it reads the file. RPC takes a second each.
    results[name] = text
      .replaceAll(/^(\tserver +=) .*/gm, '$1 /bin/true')
      .replaceAll(/^service [^}]*\ttype +=[^\n]*RPC[^}]*\}\n/gm, '');
  }
  return results;
}

async function convert(bytes: Buffer) {
  const io = fakeIo({ input: bytes });
  await main(['convert', '--report=json'], io);
  return {
    output: io.out(),
    report: JSON.parse(io.err()) as { diagnostics: { level: string; code: string }[] },
  };
}

/** How many services the report says are lost or switched off. */
async function namedLosses(bytes: Buffer): Promise<number> {
  const { diagnostics } = (await convert(bytes)).report;
  return diagnostics.filter(
    ({ level, code }) => level === 'E' || ['unknown-service', 'duplicate', 'bind-hostname'].includes(code),
  ).length;
}

function oldTool(tool: 'itox' | 'xconv.pl', input: Buffer): string {
  const program = daemonPath(tool === 'itox' ? 'itox' : 'xconv') ?? '';
  const [command, args] = tool === 'itox' ? [program, ['-daemon_dir', '/usr/sbin']] : ['perl', [program]];
  const env = { PATH: process.env.PATH, ...daemonEnvironment() };
  return spawnSync(command, args, { input, env }).stdout.toString('latin1');
}

function startAll(tool: Tool, configurations: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), `xcfg-corpus-${tool}-`));
  try {
    const text = Object.values(configurations).join('\n');
    return runDaemon('xinetd', 'xinetd', folder, configurations, {
      users: words(text, 'user'),
      groups: words(text, 'group'),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Accounts exist where their names could be some; `nrpe:staff` could not. */
function words(text: string, attribute: string): readonly string[] {
  const values = [...text.matchAll(new RegExp(`^\\t${attribute} +=? *= *([A-Za-z_][\\w.-]*)$`, 'gm'))];
  return [...new Set(values.map(([, value = '']) => value))];
}
