import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { childrenOf } from '../../test/serve/support/children.ts';
import { endCrowd, openCrowd } from '../../test/serve/support/crowd.ts';
import { eventually } from '../../test/support/eventually.ts';
import type { Programs } from './programs.ts';
import { openService, startServeWith } from './super-servers.ts';

const firstPort = 20_000;
const port = firstPort + 1;
const size = 2000;

/** Servers that all run at once and end in any order: whether one is lost on the way, and whether anything is left. */
export async function measureManyServers({ folder, hello }: Programs): Promise<string> {
  const configuration = join(folder, 'crowd.conf');
  const log = join(folder, 'crowd.log');
  const lines = [`log_type = FILE ${log}`, 'log_on_success = PID EXIT'];
  const first = openService('first', firstPort, hello);
  await writeFile(configuration, first + openService('crowd', port, '/bin/cat', ...lines));
  const { pid, stop } = await startServeWith(configuration, firstPort);
  const logged = (what: string): number => readFileSync(log, 'latin1').split(` ${what}: crowd `).length - 1;
  const descriptors = (): number => readdirSync(`/proc/${pid}/fd`).length;
  // The connection that showed that the daemon works had a server too.
  await eventually(() => assert.deepEqual(childrenOf(pid), []));
  const before = descriptors();
  const begun = performance.now();
  const sockets = await openCrowd(port, size);
  const allRun = performance.now();
  const running = childrenOf(pid).length;
  await endCrowd(sockets);
  await eventually(() => assert.equal(logged('EXIT'), size));
  const allGone = performance.now();
  await eventually(() => assert.equal(descriptors(), before));
  const report =
    `${size} clients at once have ${running} servers after ${(allRun - begun).toFixed(0)} ms; ended in any order, ` +
    `${logged('START')} of them have their START in the log and ${logged('EXIT')} their EXIT after ` +
    `${(allGone - allRun).toFixed(0)} ms more, ${childrenOf(pid).length} are left and ` +
    `${descriptors() - before} descriptors more than before.`;
  await stop();
  return report;
}
