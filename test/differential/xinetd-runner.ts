// Loads configurations in the real xinetd, one after the other. Runs inside a private network and mount namespace, as root:
// node --import tsx xinetd-runner.ts XINETD CASES RESULTS
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { oddFiles } from '../support/oracle-host.ts';
import type { DaemonResult, DifferentialCase } from './case.ts';
import { daemonVariables } from './daemon-variables.ts';
import { parseDump, parseLog } from './parse-records.ts';

const dumpFile = '/var/run/xinetd.dump';
const timeLimit = 20_000;

const [program = '', casesFile = '', resultsFile = '', support = ''] = process.argv.slice(2);
const cases = JSON.parse(readFileSync(casesFile, 'utf8')) as DifferentialCase[];
const results: DaemonResult[] = [];
for (const each of cases) results.push(await load(each));
writeFileSync(resultsFile, JSON.stringify(results));

async function load({ main, files, inetd }: DifferentialCase): Promise<DaemonResult> {
  const folder = mkdtempSync('/run/case-');
  cpSync(support, path.join(folder, 'inc'), { recursive: true });
  for (const [name, text] of Object.entries(oddFiles)) {
    if (text === null) symlinkSync('nowhere', path.join(folder, name));
    else writeFileSync(path.join(folder, name), text);
  }
  for (const [name, text] of Object.entries({ 'main.conf': main, ...files })) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text, 'latin1');
  }
  rmSync(dumpFile, { force: true });
  rmSync('/etc/inetd.conf', { force: true });
  if (inetd !== null) writeFileSync('/etc/inetd.conf', inetd, 'latin1');
  try {
    return await run(folder, inetd === null ? [] : ['-inetd_compat']);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** In the foreground xinetd stays without services too, so what it would have run can be seen in all cases. */
async function run(folder: string, options: readonly string[]): Promise<DaemonResult> {
  const words = ['-dontfork', '-f', 'main.conf', '-filelog', 'xinetd.log', ...options];
  const child = spawn('prlimit', ['--core=0', '--nofile=64', program, ...words], {
    cwd: folder,
    // No shell between: it would add variables and put them in another order.
    env: Object.fromEntries(daemonVariables),
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  let exitCode: number | null = null;
  let isOver = false;
  child.on('exit', (code) => {
    exitCode = code;
    isOver = true;
  });
  const log = () => readIfThere(path.join(folder, 'xinetd.log'));
  const isUp = await until(() => isOver || log().includes('Started working:'));
  let isInTime = isUp;
  if (isUp && !isOver) {
    child.kill('SIGUSR1');
    isInTime = await until(() => isOver || log().includes('generated state dump'));
  }
  const ownExit = exitCode;
  if (!isOver) {
    child.kill('SIGKILL');
    await exited;
  }
  const dump = readIfThere(dumpFile);
  return {
    isInTime,
    exitCode: ownExit,
    services: dump.includes('END OF DUMP') ? parseDump(dump) : [],
    diagnostics: parseLog(log()),
  };
}

/** Waits for a condition that only files show. */
async function until(condition: () => boolean): Promise<boolean> {
  const end = Date.now() + timeLimit;
  while (!condition()) {
    if (Date.now() > end) return false;
    await delay(1);
  }
  return true;
}

function readIfThere(name: string): string {
  return existsSync(name) ? readFileSync(name, 'latin1') : '';
}
