import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadAddon } from '../../src/native/load.ts';
import { addonFile, scratchFolder, withoutAddon } from './harness.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('a missing addon is explained, with what to do about it', (t) => {
  const file = join(scratchFolder(t), 'xcfg.node');
  const loaded = loadAddon(file);
  assert.ok(!loaded.ok);
  assert.match(loaded.reason, /is missing \(looked for .*xcfg\.node\)/);
  assert.match(loaded.remedy, /C compiler .* node .*build-native\.mjs$/);
});

test('so is one that cannot be loaded', (t) => {
  const file = join(scratchFolder(t), 'xcfg.node');
  writeFileSync(file, 'no shared object');
  const loaded = loadAddon(file);
  assert.ok(!loaded.ok);
  assert.match(loaded.reason, /cannot be loaded: /);
});

test('an explicit path and a second load', { skip: withoutAddon }, () => {
  for (let i = 0; i < 2; i++) {
    const loaded = loadAddon(addonFile);
    assert.ok(loaded.ok);
    assert.equal(loaded.file, addonFile);
    assert.equal(loaded.addon.userById(0)?.name, 'root');
  }
});

/** A copy of what the build needs, so that the real build is not touched. */
function projectCopy(folder: string): string {
  mkdirSync(join(folder, 'scripts'));
  mkdirSync(join(folder, 'native', 'src'), { recursive: true });
  copyFileSync(join(root, 'scripts/build-native.mjs'), join(folder, 'scripts/build-native.mjs'));
  for (const name of readdirSync(join(root, 'native/src')))
    copyFileSync(join(root, 'native/src', name), join(folder, 'native/src', name));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

function build(folder: string, env: Record<string, string> = {}) {
  const script = join(folder, 'scripts/build-native.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

test('without a compiler the build says so in one line and does not fail', (t) => {
  const folder = projectCopy(scratchFolder(t));
  const { status, stdout, stderr } = build(folder, { CC: 'no-such-compiler' });
  assert.equal(status, 0);
  assert.equal(stderr, '');
  assert.match(stdout, /^native addon not built: there is no C compiler \(no-such-compiler\); .*\n$/);
});

test('the build makes an addon and rests when nothing changed', { skip: withoutAddon }, (t) => {
  const folder = projectCopy(scratchFolder(t));
  assert.deepEqual(build(folder), { status: 0, stdout: 'built native/build/xcfg.node\n', stderr: '' });
  assert.deepEqual(build(folder), { status: 0, stdout: '', stderr: '' });
  const file = join(folder, 'native/build/xcfg.node');
  assert.ok(existsSync(file));
  assert.ok(loadAddon(file).ok);
});

test('sources that do not compile are a failure', { skip: withoutAddon }, (t) => {
  const folder = projectCopy(scratchFolder(t));
  writeFileSync(join(folder, 'native/src/module.c'), 'no C');
  const { status, stdout } = build(folder);
  assert.equal(status, 1);
  assert.match(stdout, /^native addon not built: cc failed\n/);
});
