import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './temporary-folder.ts';

const script = fileURLToPath(new URL('../../scripts/fetch-daemons.sh', import.meta.url));

/** Runs the script where only these commands are, besides the ones that every system has; packages go to `FOLDER/daemons`. */
function fetch(t: TestContext, commands: Readonly<Record<string, string>>) {
  const folder = temporaryFolder(t);
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const name of ['bash', 'dirname', 'mktemp', 'chmod', 'mkdir', 'rm', 'touch']) {
    const { stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    symlinkSync(stdout.trim(), join(bin, name));
  }
  for (const [name, text] of Object.entries(commands)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }
  const { status, stdout, stderr } = spawnSync(join(bin, 'bash'), [script, join(folder, 'daemons')], {
    encoding: 'utf8',
    env: { PATH: bin, TMPDIR: folder },
  });
  return { status, stdout: stdout.trim().split('\n'), stderr };
}

test('a system without packages of Debian is told apart', (t) => {
  const { status, stderr } = fetch(t, {});
  assert.match(stderr, /this is no Debian system/);
  assert.equal(status, 1);
});

test('what cannot be fetched is named, and the rest is fetched', (t) => {
  const { status, stdout } = fetch(t, {
    // Knows the package xinetd alone; no list of packages can be had.
    'apt-get': 'for last; do :; done; [ "$last" = xinetd ] && touch xinetd_1.deb',
    'dpkg-deb': 'mkdir -p "$3/usr/sbin"; touch "$3/usr/sbin/xinetd"; chmod +x "$3/usr/sbin/xinetd"',
  });
  assert.equal(status, 1);
  assert.deepEqual(
    stdout.filter((line) => line.startsWith('found')),
    ['found xinetd/usr/sbin/xinetd'],
  );
  assert.ok(stdout.includes('missing cvs/usr/bin/cvs'));
  assert.ok(stdout.includes('missing libwrap0'));
});
