import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { daemonPath, inPrivateNetwork } from '../support/daemons.ts';
import { oracleFolder } from '../support/oracle-host.ts';
import type { DaemonResult, DifferentialCase } from './case.ts';
import { daemonVariables } from './daemon-variables.ts';

const runner = fileURLToPath(new URL('xinetd-runner.ts', import.meta.url));

/** A script of sh: an /etc of its own, with the tables of the recorded cases on top; then the runner. */
export const setUp = `set -e
mount -t tmpfs tmpfs /run
[ -e /var/run ] || ln -s /run /var/run
cp -a /etc /run/etc
cp --remove-destination "$0"/etc/* /run/etc/
mount --bind /run/etc /etc
exec "$@"`;

/** Loads each configuration in the real xinetd and says what it did. */
export function runXinetd(cases: readonly DifferentialCase[]): readonly DaemonResult[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'xcfg-differential-'));
  const [casesFile, resultsFile] = [path.join(folder, 'cases.json'), path.join(folder, 'results.json')];
  try {
    writeFileSync(casesFile, JSON.stringify(cases));
    const argv = [
      ...[process.execPath, '--import', 'tsx', runner],
      ...[daemonPath('xinetd') ?? '', casesFile, resultsFile, path.join(oracleFolder, 'inc')],
    ];
    const [command = '', ...args] = inPrivateNetwork(['sh', '-c', setUp, oracleFolder, ...argv]);
    const { status, stderr } = spawnSync(command, args, {
      cwd: path.dirname(runner),
      env: { ...process.env, ...Object.fromEntries(daemonVariables) },
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`the runner ended with ${status}: ${stderr}`);
    return JSON.parse(readFileSync(resultsFile, 'utf8')) as DaemonResult[];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
