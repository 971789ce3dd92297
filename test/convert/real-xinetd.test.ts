import assert from 'node:assert/strict';
import { test } from 'node:test';
import { main } from '../../src/commands/main.ts';
import { convertCases } from '../support/convert-cases.ts';
import { withoutDaemons, withoutPrivateNetwork } from '../support/daemons.ts';
import { fakeIo } from '../support/fake-io.ts';
import { activeServices, runDaemon, writeTables } from '../support/real-xinetd.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const skip = withoutDaemons('xinetd') || withoutPrivateNetwork();

test('xinetd starts what it is converted to, as recorded', { skip, timeout: 300_000 }, async (t) => {
  const cases = convertCases().filter(({ started }) => started !== null);
  const folder = temporaryFolder(t);
  const etc = writeTables(folder);
  const configurations: Record<string, string> = {};
  for (const each of cases) {
    const io = fakeIo({ input: each.input });
    await main(['convert', `--etc=${etc}`, ...each.options], io);
    // The programs of the cases are not on this system; xinetd looks for them when it reads the file.
    configurations[each.name] = io.out().replaceAll(/^(\tserver +=) .*/gm, '$1 /bin/true');
  }
  const runs = runDaemon('xinetd', 'xinetd', folder, configurations);
  for (const { name, started, notChecked } of cases) {
    const { log, state } = runs[name] ?? { log: '', state: '' };
    // Where something was missing when the case was recorded, more may start here.
    const active = activeServices(state).filter((id) => notChecked === null || started?.includes(id));
    assert.deepEqual(active.sort(), [...(started ?? [])].sort(), `${name}:\n${log}`);
  }
  t.diagnostic(`${cases.length} configurations`);
});

test('xinetd opens the sockets of all lines that share a port', { skip, timeout: 120_000 }, async (t) => {
  const folder = temporaryFolder(t);
  writeTables(folder);
  const pairs = ['tcp tcp6', 'tcp6 tcp', 'tcp4 tcp', 'tcp4 tcp46', 'tcp4 tcp6'];
  const configurations: Record<string, string> = {};
  for (const pair of pairs) {
    const lines = pair.split(' ').map((protocol) => `9021 stream ${protocol} nowait root /bin/cat cat\n`);
    const io = fakeIo({ input: lines.join('') });
    await main(['convert'], io);
    configurations[pair.replace(' ', '-')] = io.out();
  }
  const runs = runDaemon('xinetd', 'xinetd', folder, configurations);
  for (const [name, { log, state }] of Object.entries(runs)) {
    assert.equal(activeServices(state).length, 2, `${name}:\n${log}`);
    assert.doesNotMatch(log, /already in use/, name);
  }
});
