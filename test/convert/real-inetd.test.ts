import assert from 'node:assert/strict';
import { test } from 'node:test';
import { main } from '../../src/commands/main.ts';
import { convertCases } from '../support/convert-cases.ts';
import { type DaemonName, withoutDaemons, withoutPrivateNetwork } from '../support/daemons.ts';
import { fakeIo } from '../support/fake-io.ts';
import { runDaemon, writeTables } from '../support/real-xinetd.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Ends every configuration, so that the daemon's output shows that it has read all of it. */
const lastLine = '64999 stream tcp4 nowait root /bin/true true\n';

const daemons: readonly (readonly [dialect: string, daemon: DaemonName])[] = [
  ['debian', 'openbsdInetd'],
  ['gnu', 'inetutilsInetd'],
];

/** openbsd-inetd prints where its built-in service lies in memory; the recording has `yes`. */
function withoutPointer(line: string): string {
  return line.replace(/builtin=[0-9a-f]{6,}/, 'builtin=yes');
}

for (const [dialect, daemon] of daemons) {
  const skip = withoutDaemons(daemon) || withoutPrivateNetwork();
  test(`the inetd of ${dialect} takes over what it is converted to, as recorded`, { skip }, async (t) => {
    const cases = convertCases().filter(
      ({ added, options }) => added !== null && options.includes(`--dialect=${dialect}`),
    );
    assert.ok(cases.length > 0);
    const folder = temporaryFolder(t);
    const etc = writeTables(folder);
    const configurations: Record<string, string> = {};
    for (const each of cases) {
      const io = fakeIo({ input: each.input });
      await main(['convert', `--etc=${etc}`, ...each.options], io);
      configurations[each.name] = io.out() + lastLine;
    }
    const runs = runDaemon('inetd', daemon, folder, configurations);
    for (const { name, added } of cases) {
      const { log = '' } = runs[name] ?? {};
      const lines = [...log.matchAll(/ADD ?: (.*)/g)].map(([, line = '']) => withoutPointer(line));
      assert.deepEqual(
        lines.filter((line) => !line.includes('64999')),
        added,
        `${name}:\n${log}`,
      );
    }
  });
}
