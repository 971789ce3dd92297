import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually } from '../support/eventually.ts';
import { launcher } from '../support/run-xcfg.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// script(1) makes the terminal. The program leads a session of its own, so that no signal says that it is gone.
const commands = `
mkfifo input
trap '' HUP
setsid -w "$node" --require ./started.cjs "$launcher" format < input > output
echo $? > status.new
mv status.new status
`;

const skip =
  existsSync('/usr/bin/script') && existsSync('/usr/bin/setsid') ? false : 'no script(1) or setsid(1)';

test('a program outlives the terminal that it was started from', { skip }, async (t) => {
  const folder = temporaryFolder(t);
  const file = (name: string): string => join(folder, name);
  writeFileSync(file('started.cjs'), "require('node:fs').writeFileSync('started', '')");
  writeFileSync(file('commands'), commands);
  const terminal = spawn('script', ['-qc', 'sh ./commands', '/dev/null'], {
    cwd: folder,
    env: { ...process.env, node: process.execPath, launcher },
  });
  t.after(() => terminal.kill('SIGKILL'));
  await eventually(() => assert.ok(existsSync(file('input'))));
  const input = await open(file('input'), 'w');
  await eventually(() => assert.ok(existsSync(file('started'))));
  terminal.kill('SIGKILL');
  await new Promise((resolve) => terminal.once('close', resolve));
  await input.writeFile('ftp stream tcp nowait root /usr/sbin/x x\n');
  await input.close();
  await eventually(() => assert.ok(existsSync(file('status'))));
  assert.equal(readFileSync(file('status'), 'utf8'), '0\n');
  assert.match(readFileSync(file('output'), 'utf8'), /^ftp\s/);
});
