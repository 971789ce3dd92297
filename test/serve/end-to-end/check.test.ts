import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { launcher, spawnServe, withoutServe } from '../support/serve-process.ts';
import { entry } from '../support/service-text.ts';

const skip = withoutServe();
const good = entry('good', { server: '/bin/true', port: 40_001 });
const trap = entry('trap', { server: '/bin/true', port: 40_002, flags: 'SENSOR NOLIBWRAP' });
const misspelt = entry('misspelt', { server: '/bin/true', port: 40_003, only_form: '10.0.0.1' });

function check(t: TestContext, config: string, ...options: readonly string[]) {
  const file = join(temporaryFolder(t), 'xinetd.conf');
  writeFileSync(file, config);
  const words = [launcher, 'serve', '-f', file, '--check', ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  return { status, stdout, stderr: stderr.replaceAll(file, 'FILE') };
}

/** `FILE:LINE` of the first line that holds some text. */
function placeOf(text: string, config: string): string {
  return `FILE:${config.split(text)[0]?.split('\n').length}`;
}

test('--check prints what would run', { skip }, (t) => {
  const { status, stdout, stderr } = check(t, good);
  assert.equal(stdout, `good: tcp 127.0.0.1:40001 (stream, no wait) as ${process.getuid?.()}: /bin/true\n`);
  assert.equal(stderr, '');
  assert.equal(status, 0);
});

test('--check says why an entry would not, with file, line and attribute', { skip }, (t) => {
  const config = good + trap + misspelt;
  const { status, stdout, stderr } = check(t, config);
  assert.match(stdout, /^good: /);
  const lines = stderr.split('\n');
  for (const reason of [
    `trap is not started: flags: SENSOR is not supported yet (${placeOf('SENSOR', config)})`,
    `misspelt is not started: bad service attribute: only_form; did you mean 'only_from'? (${placeOf('only_form', config)})`,
  ]) {
    assert.ok(lines.includes(`Service ${reason}`), stderr);
  }
  assert.equal(status, 1);
});

test('a reason is one line, also where the text of xinetd ends its own', { skip }, (t) => {
  const config = entry('masked', { server: '/bin/true', port: 40_004, umask: '08' });
  const reason = `umask: umask argument is invalid. (${placeOf('umask', config)})`;
  assert.equal(check(t, config).stderr, `Service masked is not started: ${reason}\n`);
});

test('--check refuses what a server that accepts by itself would not keep to', { skip }, (t) => {
  const config = ['access_times = 01:00-02:00', 'max_load = 0.01', 'per_source = 1', 'only_from = 10.0.0.1'];
  for (const line of config) {
    const [name = '', value = ''] = line.split(' = ');
    const { status, stderr } = check(
      t,
      entry('own', { server: '/bin/true', port: 40_004, wait: 'yes', [name]: value }),
    );
    assert.match(
      stderr,
      new RegExp(
        `^Service own is not started: ${name}: the server .* accepts its clients itself, .* \\(FILE:\\d+\\)\n$`,
      ),
    );
    assert.equal(status, 1);
  }
});

test('--from says what the file is, --dialect how it is meant', { skip }, (t) => {
  const line = `40009 stream tcp nowait ${userInfo().username} /bin/true\n}\n}\n`;
  assert.equal(check(t, line, '--from', 'xinetd').stdout, '');
  assert.match(check(t, line, '--from', 'inetd').stdout, /^40009: tcp \[::\]:40009 /);
  assert.match(check(t, line, '--from', 'inetd', '--dialect', 'gnu').stdout, /^40009: tcp 0\.0\.0\.0:40009 /);
  assert.match(check(t, line, '--dialect', 'plan9').stderr, /option "--dialect" cannot be "plan9"/);
});

test('--check finds that nothing would run beside an include that cannot be read', { skip }, (t) => {
  const { status, stdout, stderr } = check(t, `include /no/such/file\n${good}`);
  assert.equal(stdout, '');
  assert.equal(
    stderr,
    'Unable to open included configuration file: /no/such/file: there is no such file; create it, or remove what names it [file=FILE] [line=1]\n' +
      'Service good is not started: /no/such/file is not read, and may hold restrictions (FILE:1)\n',
  );
  assert.equal(status, 1);
});

test('raw packets without wait are refused, and what stands beside them runs', { skip }, (t) => {
  const raw = entry('raw', { server: '/bin/true', socket_type: 'raw', protocol: 'icmp' });
  const { status, stdout, stderr } = check(t, raw + good);
  assert.match(stdout, /^good: /);
  assert.match(stderr, /Service raw .* does not wait/);
  assert.equal(status, 1);
});

test('--check finds logs that cannot be opened, and makes none', { skip }, (t) => {
  const folder = temporaryFolder(t);
  const logged = (name: string, port: number, log: string) =>
    entry(name, { server: '/bin/true', port, log_type: `FILE ${log}` });
  const config =
    logged('lost', 40_004, join(folder, 'no', 'log')) +
    logged('odd', 40_005, folder) +
    logged('kept', 40_006, join(folder, 'log'));
  const { status, stdout, stderr } = check(t, config);
  assert.match(stderr, /Service lost is not started: log_type: .*No such file/);
  assert.match(stderr, /Service odd is not started: log_type: .*directory/);
  assert.match(stdout, /^kept: .*\n$/);
  assert.equal(status, 1);
  assert.equal(existsSync(join(folder, 'log')), false);
});

test('--check says what holds nothing back, and why nothing would run', { skip }, (t) => {
  const banner = entry('hello', { server: '/bin/true', port: 40_007, banner_fail: '/no/such/banner' });
  const warned = check(t, banner);
  assert.match(warned.stderr, /banner_fail \/no\/such\/banner cannot be read/);
  assert.equal(warned.status, 0);
  const swat = entry('swat', { server: '/bin/true', port: 40_008, disable: 'yes' });
  const lists = 'defaults\n{\n\tenabled = good trap\n\tdisabled = trap\n}\n';
  const others = entry('web', { server: '/bin/true' }) + entry('trap', { server: '/bin/true' });
  const off = check(t, lists + swat + others);
  const switchedOff = placeOf('disable =', lists + swat);
  assert.equal(
    off.stderr,
    `no service would run: swat is switched off: disable = yes (${switchedOff}); web is switched off: not in 'enabled' (FILE:3); trap is switched off: in 'disabled' (FILE:4)\n`,
  );
  assert.equal(off.status, 1);
  const line = '#<off># 40009 stream tcp nowait root /bin/true\n';
  assert.match(check(t, line, '--from', 'inetd').stderr, /40009 is switched off: #<off># \(FILE:1\)\n$/);
  assert.match(check(t, '').stderr, /the configuration names none/);
});

test('--check knows which sockets an ordinary user may have', {
  skip: skip || (process.getuid?.() !== 0 && 'needs to be root'),
}, (t) => {
  const folder = temporaryFolder(t);
  chmodSync(folder, 0o755);
  const file = join(folder, 'xinetd.conf');
  const program = { server: '/bin/true', user: 65_534 };
  const ping = { ...program, socket_type: 'raw', protocol: 'icmp', wait: 'yes', port: 0 };
  writeFileSync(file, entry('web', { ...program, port: 82 }) + entry('ping', ping));
  const words = [launcher, 'serve', '-f', file, '--check'];
  const nobody = { uid: 65_534, gid: 65_534 };
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { ...nobody, encoding: 'utf8' });
  assert.equal(stdout, '');
  assert.match(
    stderr,
    /Service web cannot be bound to tcp 127\.0\.0\.1:82: only root can bind ports below \d+/,
  );
  assert.match(stderr, /Service ping cannot open icmp .*: only root can open raw sockets/);
  assert.equal(status, 1);
});

test('what is no file is called what it is', { skip }, (t) => {
  for (const [file, complaint] of [
    ['-', /cannot read its configuration from standard input/],
    [temporaryFolder(t), /is a folder/],
    ['/dev/null', /open\( \/dev\/null \) failed: it is a device\n/],
  ] as const) {
    const words = [launcher, 'serve', '-f', file, '--check'];
    const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    assert.match(stderr, complaint);
    assert.equal(status, 2);
  }
});

test('a file that cannot be read is said', { skip }, () => {
  const words = [launcher, 'serve', '-f', '/no/such/file', '--check'];
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  assert.match(stderr, /\/no\/such\/file.*No such file or directory/);
  assert.equal(status, 2);
});

test('numbers that mean nothing are refused', { skip }, (t) => {
  const file = join(temporaryFolder(t), 'xinetd.conf');
  writeFileSync(file, good);
  for (const option of [
    ['-limit', '1.5'],
    ['-limit', '0x10'],
    ['-limit', ''],
    ['-logprocs', '1e3'],
    ['-shutdownprocs', ' 5'],
    ['-cc', '-5'],
    ['-cc', '0.5'],
    ['--grace', '-1'],
    ['--grace', '0x1'],
    ['--grace', 'Infinity'],
  ]) {
    const words = [launcher, 'serve', '-f', file, ...option];
    const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    assert.match(stderr, /is not a number of|wants a (whole )?number, not/, option.join(' '));
    assert.equal(status, 2);
  }
});

test('--strict starts nothing when any entry is refused', { skip }, async (t) => {
  const serve = spawnServe(t, { config: good + trap, args: ['--strict'] });
  assert.equal(await serve.ended(), 1);
  assert.match(serve.output, /Service trap is not started/);
  assert.doesNotMatch(serve.output, /listening/);
});

test('without a service there is nothing to do, but -stayalive stays', { skip }, async (t) => {
  assert.equal(await spawnServe(t, { config: trap }).ended(), 1);
  const patient = spawnServe(t, { config: trap, args: ['-stayalive'] });
  await patient.waitFor(/Started working: 0 available services/);
  assert.equal(await patient.stop(), 0);
});

test('the options of xinetd are taken with one dash', { skip }, async (t) => {
  const folder = temporaryFolder(t);
  const options = ['-dontfork', '-d', '-limit', '10', '-logprocs', '5', '-cc', '3600', '-reuse'];
  const log = join(folder, 'log');
  const serve = spawnServe(t, {
    config: entry('zero', { server: '/bin/true' }),
    args: [...options, '-filelog', log, '-pidfile', join(folder, 'pid')],
  });
  await serve.fileMatches(log, /Started working: 1 available service\n/);
  assert.equal(await serve.stop(), 0);
});

test('a configuration that is missing: how to name another', { skip }, (t) => {
  const file = join(temporaryFolder(t), 'none.conf');
  for (const words of [[], ['--check']]) {
    const { status, stderr } = spawnSync(process.execPath, [launcher, 'serve', '-f', file, ...words], {
      encoding: 'utf8',
    });
    assert.equal(status, 2);
    assert.ok(stderr.endsWith(`\nxcfg: there is no ${file}; -f FILE names a configuration\n`), stderr);
  }
});

test('a file that is named without -f', () => {
  const { status, stderr } = spawnSync(process.execPath, [launcher, 'serve', '--check', 'x.conf'], {
    encoding: 'utf8',
  });
  assert.equal(status, 2);
  assert.equal(stderr, 'xcfg: unexpected word "x.conf"\nxcfg: name a file with -f FILE\n');
});
