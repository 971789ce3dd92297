// Runs a configuration in the real xinetd and lets clients come to its services. Inside a private network and mount namespace,
// as root: node --import tsx access-runner.ts XINETD VISITS RESULTS
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { daemonVariables } from './daemon-variables.ts';

/** A client on its way to a service. */
export interface Visit {
  readonly from: string;
  /** Addresses of the host to try: a socket may be bound to one of them. */
  readonly to: readonly string[];
  readonly port: number;
  /** For tcpmux: the name to ask for. */
  readonly says: string;
}

export interface Visits {
  readonly configuration: string;
  readonly visits: readonly Visit[];
}

/** What every server of the configuration says. */
const greeting = 'served';
const timeLimit = 20_000;

const [program = '', visitsFile = '', resultsFile = ''] = process.argv.slice(2);
const { configuration, visits } = JSON.parse(readFileSync(visitsFile, 'utf8')) as Visits;
writeFileSync(resultsFile, JSON.stringify(await run()));

async function run(): Promise<boolean[]> {
  const folder = mkdtempSync('/run/access-');
  writeFileSync(path.join(folder, 'main.conf'), configuration);
  const words = ['-dontfork', '-f', 'main.conf', '-filelog', 'xinetd.log'];
  const env = Object.fromEntries(daemonVariables);
  const child = spawn(program, words, { cwd: folder, env, stdio: 'ignore' });
  const exited = once(child, 'exit');
  try {
    await untilUp(path.join(folder, 'xinetd.log'));
    const results: boolean[] = [];
    for (const visit of visits) results.push(await isServed(visit));
    return results;
  } finally {
    child.kill('SIGKILL');
    await exited;
    rmSync(folder, { recursive: true });
  }
}

/** Only its log shows that the daemon listens. */
async function untilUp(log: string): Promise<void> {
  const end = Date.now() + timeLimit;
  while (!existsSync(log) || !readFileSync(log, 'latin1').includes('Started working:')) {
    if (Date.now() > end) throw new Error('xinetd does not start');
    await delay(1);
  }
}

async function isServed({ from, to, port, says }: Visit): Promise<boolean> {
  for (const host of to) if ((await answer(from, host, port, says)).includes(greeting)) return true;
  return false;
}

/** Everything that comes until the connection is closed; nothing where there is none. */
function answer(from: string, host: string, port: number, says: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect({ host, port, localAddress: from }, () => socket.write(says));
    socket.on('data', (data) => {
      text += data.toString('latin1');
    });
    socket.on('error', () => resolve(text));
    socket.on('close', () => resolve(text));
  });
}
