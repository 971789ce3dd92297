import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { version } from '../../src/version.ts';
import { launcher, runXcfg } from '../support/run-xcfg.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const project = dirname(dirname(launcher));

/** A copy of what is shipped, without `dist` where it is not asked for. */
function copyOfProgram(t: TestContext, parts: readonly string[]): string {
  const folder = temporaryFolder(t);
  for (const part of ['package.json', 'bin', ...parts]) {
    mkdirSync(dirname(join(folder, part)), { recursive: true });
    cpSync(join(project, part), join(folder, part), { recursive: true });
  }
  return join(folder, 'bin', 'xcfg.js');
}

test('--version and -V print the version alone, even before anything is built', (t) => {
  const program = copyOfProgram(t, []);
  for (const option of ['--version', '-V']) {
    assert.deepEqual(runXcfg([option], { program }), { status: 0, stdout: `${version}\n`, stderr: '' });
  }
});

test('says how to build what has not been built', (t) => {
  const { status, stdout, stderr } = runXcfg(['--help'], { program: copyOfProgram(t, []) });
  assert.equal(status, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /^xcfg: not built yet: run "npm run build" in \/.*\n$/);
});

test('refuses a Node that is too old, in one line', (t) => {
  const old = join(temporaryFolder(t), 'old.cjs');
  writeFileSync(old, "Object.defineProperty(process.versions, 'node', { value: '20.18.3' });");
  const { status, stderr } = runXcfg(['--help'], { nodeOptions: ['--require', old] });
  assert.deepEqual([status, stderr], [2, 'xcfg: this is Node 20.18.3, xcfg needs Node 20.19 or later\n']);
});

test('works without a code cache and with one that does not fit', (t) => {
  const without = copyOfProgram(t, ['dist/xcfg.cjs']);
  assert.match(runXcfg(['--help'], { program: without }).stdout, /^Usage: xcfg /m);
  const wrong = copyOfProgram(t, ['dist/xcfg.cjs']);
  for (const name of ['xcfg', 'convert']) {
    writeFileSync(join(dirname(dirname(wrong)), 'dist', `${name}.cache`), 'no code at all');
  }
  assert.match(runXcfg(['--help'], { program: wrong }).stdout, /^Usage: xcfg /m);
  assert.equal(runXcfg(['convert'], { program: wrong, input: '# nothing\n' }).stdout, '# nothing\n');
});

test('the code caches fit: no command changed the flags of V8 before its cache was made', () => {
  const dist = join(dirname(dirname(launcher)), 'dist');
  const names = readdirSync(dist).filter((name) => name.endsWith('.cache'));
  assert.ok(names.length > 1);
  for (const name of names) {
    const script = `process.exitCode = require(${JSON.stringify(launcher)})
      .loadBundle(${JSON.stringify(dist)}, ${JSON.stringify(name.replace('.cache', ''))})
      .script.cachedDataRejected ? 1 : 0`;
    assert.equal(spawnSync(process.execPath, ['-e', script]).status, 0, name);
  }
});

test('the name itox is xcfg convert, with the option of the old converter', (t) => {
  const itox = join(temporaryFolder(t), 'itox');
  symlinkSync(launcher, itox);
  const input = 'ftp stream tcp nowait root /usr/sbin/tcpd in.ftpd -l\n';
  for (const options of [
    ['-daemon_dir', '/opt/sbin'],
    ['-daemon_dir=/opt/sbin'],
    ['--daemon-dir', '/opt/sbin'],
  ]) {
    const { status, stdout } = runXcfg(options, { program: itox, input });
    assert.equal(status, 0);
    assert.match(stdout, /^service ftp\n\{\n[^}]*^\tserver += \/opt\/sbin\/in\.ftpd$/m);
    assert.equal(runXcfg(['convert', ...options], { input }).stdout, stdout);
  }
});

test('a full disk is a message and status 2', () => {
  const script = `"$@" > /dev/full`;
  const { status, stderr } = spawnSync('sh', ['-c', script, 'sh', process.execPath, launcher, '--help'], {
    encoding: 'utf8',
  });
  assert.equal(status, 2);
  assert.equal(stderr, 'xcfg: cannot write standard output: no space left on device\n');
});

test('a reader that goes away is no failure', async () => {
  const child = spawn(process.execPath, [launcher, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [status] = await once(child, 'close');
  assert.deepEqual([status, stderr], [0, '']);
});

test('the stack of --debug names the sources, though the bundle is minified', () => {
  const { stderr } = runXcfg(['lint', '--debug', '--frobnicate']);
  assert.match(stderr, /^ +at .*src\/commands\/parse-arguments\.ts:\d+:\d+\)$/m);
  assert.doesNotMatch(stderr, /xcfg\.cjs/);
});

test('reports usage errors on standard error with status 2', () => {
  assert.deepEqual(runXcfg(['completoin']), {
    status: 2,
    stdout: '',
    stderr: 'xcfg: unknown command "completoin"\nxcfg: did you mean "xcfg completion"?\n',
  });
});
