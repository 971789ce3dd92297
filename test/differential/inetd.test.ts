import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inPrivateNetwork, withoutDaemons, withoutPrivateNetwork } from '../support/daemons.ts';
import type { InetdReport } from './inetd-comparison.ts';
import type { InetdDaemon } from './inetd-daemon.ts';

const lines = 5000;
const worker = fileURLToPath(new URL('./inetd-worker.ts', import.meta.url));

/** Another seed gives other texts: `XCFG_SEED=7 npm test test/differential/inetd.test.ts`. */
const seed = process.env.XCFG_SEED ?? '1';

const daemons: readonly (readonly [InetdDaemon, string])[] = [
  ['openbsdInetd', "Debian's openbsd-inetd"],
  ['inetutilsInetd', "GNU's inetd"],
];

for (const [daemon, title] of daemons) {
  const missing = withoutDaemons(daemon) || withoutPrivateNetwork();
  test(`${title} loads ${lines} lines as its dialect says (seed ${seed})`, { skip: missing }, (t) => {
    const [command = '', ...args] = inPrivateNetwork([
      ...[process.execPath, '--import', 'tsx', worker],
      ...[daemon, seed, `${lines}`],
    ]);
    const report: InetdReport = JSON.parse(
      execFileSync(command, args, { encoding: 'utf8', timeout: 120_000 }),
    );
    t.diagnostic(`${report.services} services loaded, ${report.servers} servers started`);
    for (const [reason, count] of Object.entries(report.excluded))
      t.diagnostic(`${count} left out: ${reason}`);
    assert.deepEqual(report.differences, []);
    assert.ok(report.services > lines / 5 && report.servers > lines / 50, 'too little was compared');
  });
}
