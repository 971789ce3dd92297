import { spawnSync } from 'node:child_process';
import { inPrivateNetwork } from '../../test/support/daemons.ts';

/** Does the work in a network of its own: runs this program once more there, with the same arguments. Needs root. */
export async function inOwnNetwork(work: () => Promise<void>): Promise<void> {
  if (process.env.XCFG_BENCH_INSIDE !== undefined) {
    await work();
    return;
  }
  const [command = '', ...args] = inPrivateNetwork([
    process.execPath,
    ...process.execArgv,
    ...process.argv.slice(1),
  ]);
  const env = { ...process.env, XCFG_BENCH_INSIDE: '1' };
  process.exitCode = spawnSync(command, args, { stdio: 'inherit', env }).status ?? 1;
}
