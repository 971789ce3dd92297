import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inPrivateNetwork, withoutPrivateNetwork } from '../../support/daemons.ts';
import { eventually } from '../../support/eventually.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { talk } from '../support/clients.ts';
import { launcher, startServe, withoutServe } from '../support/serve-process.ts';
import { entry } from '../support/service-text.ts';

const run = promisify(execFile);
const skip = withoutServe() || withoutPrivateNetwork();
const ask = fileURLToPath(new URL('../../../fixtures/serve/ask.mjs', import.meta.url));

/** Runs `xcfg serve` with `config`, then `script`, in a network of its own; what the script prints. */
async function inNetwork(folder: string, config: string, script: string): Promise<string> {
  const file = join(folder, 'xinetd.conf');
  const log = join(folder, 'log');
  writeFileSync(file, config);
  const whole = `"$NODE" "$XCFG" serve -f ${file} 2>${log} & ${script}; kill $! && wait $!`;
  const [command = '', ...args] = inPrivateNetwork(['sh', '-c', whole]);
  const env = { ...process.env, NODE: process.execPath, XCFG: launcher, ASK: ask, LOG: log };
  const { stdout } = await run(command, args, { env, timeout: 30_000 });
  return stdout;
}

test('an address that appears after the start is picked up', { skip }, async (t) => {
  const output = await inNetwork(
    temporaryFolder(t),
    entry('later', { server: '/bin/echo', server_args: 'here I am', bind: '10.20.30.40', port: 20_000 }),
    'until grep -q "trying again" "$LOG"; do sleep 0.05; done; ip addr add 10.20.30.40/32 dev lo; "$NODE" "$ASK" 10.20.30.40:20000',
  );
  assert.deepEqual(JSON.parse(output), { '10.20.30.40:20000': 'here I am\n' });
});

test('as PID 1 it reaps what others have left', { skip }, async (t) => {
  const serve = await startServe(t, {
    under: ['unshare', '--fork', '--pid', '--mount-proc', '--kill-child'],
    config:
      entry('leaves', { server: 'FOLDER/leaves-children' }) +
      entry('counts', { server: 'FOLDER/count-zombies', cps: '0 10' }),
    scripts: {
      'leaves-children': 'for i in 1 2 3 4 5; do setsid sh -c "exit 3" & done; echo left',
      'count-zombies': 'grep -l ") Z" /proc/[0-9]*/stat | wc -l',
    },
  });
  const [leaves, counts] = [await serve.port('leaves'), await serve.port('counts')];
  assert.equal(await talk(leaves), 'left\n');
  await eventually(async () => assert.equal(await talk(counts), '0\n'));
  assert.equal(await talk(leaves), 'left\n');
  // `unshare` itself does not listen to TERM.
  await serve.stop('SIGKILL');
});
