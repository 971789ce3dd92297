import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { main } from '../../src/commands/main.ts';
import { fakeIo } from '../support/fake-io.ts';
import { schemaChecker } from '../support/schema.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Nothing is wrong but the comment in line 3. */
const faulty = `service a
{
	disable = yes # off
	type = UNLISTED
	flags = IPv4
	socket_type = stream
	protocol = tcp
	port = 8080
	wait = no
	user = nobody
	server = /usr/libexec/web
	only_from = 192.0.2.0/24
	instances = 20
	log_type = SYSLOG authpriv
	log_on_success = HOST PID
	log_on_failure = HOST
}
`;
const sound = '# nothing here\n';

test('a finding is reported with its place, and the exit status is 1', async () => {
  const io = fakeIo({ input: faulty });
  assert.equal(await main(['lint', '-f', 'compact', '-'], io), 1);
  assert.match(io.out(), /^-:3:16: error: '# off' is no comment here.*\[syntax\/trailing-comment\]\n/);
});

test('without findings nothing is printed, and the exit status is 0', async () => {
  const io = fakeIo({ input: sound });
  assert.equal(await main(['lint', '-'], io), 0);
  assert.equal(io.out() + io.err(), '');
});

test('a file that cannot be read is in the report, the others too, and the exit status is 2', async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'faulty.conf'), faulty);
  const io = fakeIo({ cwd });
  assert.equal(await main(['lint', '-f', 'json', 'missing.conf', 'faulty.conf'], io), 2);
  const report = JSON.parse(io.out());
  assert.deepEqual(
    report.files.map((file: { path: string; diagnostics: { rule: string }[] }) => [
      file.path,
      file.diagnostics[0]?.rule,
    ]),
    [
      ['missing.conf', 'unreadable-input'],
      ['faulty.conf', 'syntax/trailing-comment'],
    ],
  );
});

/** Begins as a program does. */
const program = Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(4000, 'a = b\n\0')]);
const compressed = Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 167 + 13) % 256));

test('what is no text is refused and left alone, the others are linted', async (t) => {
  const cwd = temporaryFolder(t);
  mkdirSync(join(cwd, 'd'));
  writeFileSync(join(cwd, 'd', 'faulty'), faulty);
  writeFileSync(join(cwd, 'd', 'program'), program);
  writeFileSync(join(cwd, 'data'), compressed);
  for (const path of ['d/program', 'data']) {
    const io = fakeIo({ cwd });
    assert.equal(await main(['lint', '--fix', '--unsafe-fixes', '-f', 'compact', path], io), 2);
    assert.equal(io.out(), `${path}:1:1: error: cannot be read: not a text file [unreadable-input]\n`);
  }
  assert.deepEqual(readFileSync(join(cwd, 'd', 'program')), program);
  assert.deepEqual(readFileSync(join(cwd, 'data')), compressed);
  const io = fakeIo({ cwd });
  assert.equal(await main(['lint', '-f', 'compact', 'd'], io), 2);
  assert.match(io.out(), /^d\/program:1:1: error: cannot be read: not a text file.*\nd\/faulty:3:16: error/);
});

test('what is no file of text is named, and the others are linted', { timeout: 10_000 }, async (t) => {
  const cwd = temporaryFolder(t);
  execFileSync('mkfifo', [join(cwd, 'fifo')]);
  symlinkSync('loop', join(cwd, 'loop'));
  writeFileSync(join(cwd, 'faulty'), faulty);
  const io = fakeIo({ cwd });
  assert.equal(await main(['lint', '-f', 'compact', 'fifo', 'loop', '', '/dev/null', 'faulty'], io), 2);
  assert.deepEqual(
    io
      .out()
      .split('\n')
      .map((line) => /^.*?(?:cannot be read: [^[]*|'# off')/.exec(line)?.[0].trimEnd()),
    [
      'fifo:1:1: error: cannot be read: a named pipe, which nobody may ever write to',
      'loop:1:1: error: cannot be read: too many symbolic links encountered',
      '"":1:1: error: cannot be read: an empty word names no file',
      '/dev/null:1:1: error: cannot be read: a device',
      "faulty:3:16: error: '# off'",
      undefined,
    ],
  );
});

test('a program in a folder that is included is named where it is included', async (t) => {
  const cwd = temporaryFolder(t);
  mkdirSync(join(cwd, 'd'));
  writeFileSync(join(cwd, 'd', 'program'), program);
  writeFileSync(join(cwd, 'main.conf'), `includedir ${cwd}/d\n`);
  const io = fakeIo({ cwd });
  assert.equal(await main(['lint', '-f', 'compact', 'main.conf'], io), 2);
  assert.match(io.out(), /^main\.conf:1:12: error: '.*d\/program' cannot be read: it is no text file/);
  assert.equal(io.out().split('\n').length, 2);
});

test('includes that cannot be read are named with the reason and what the daemon does, and the status is 2', {
  timeout: 10_000,
}, async (t) => {
  const cwd = temporaryFolder(t);
  execFileSync('mkfifo', [join(cwd, 'fifo')]);
  writeFileSync(join(cwd, 'large'), '');
  truncateSync(join(cwd, 'large'), 100 * 1024 * 1024);
  const includes = ['fifo', 'large'].map((name) => `include ${cwd}/${name}\n`).join('');
  writeFileSync(join(cwd, 'main.conf'), `${faulty}${includes}include /dev/zero\n`);
  const io = fakeIo({ cwd });
  // The rule about includes has no say in it, and what is in two trees is said once.
  const args = ['--rule', 'correctness/broken-include=off', '--workers', '1', 'main.conf', './main.conf'];
  assert.equal(await main(['lint', '-f', 'compact', ...args], io), 2);
  const said = io.out().replaceAll(`${cwd}/`, '').split('\n');
  assert.deepEqual(
    said.map((line) => line.replace(/ \[[^[]*\]$/, '')),
    [
      said[0]?.replace(/ \[[^[]*\]$/, ''),
      "main.conf:18:9: error: 'fifo' cannot be read: it is a named pipe, which nobody may ever write to (the daemon waits until somebody writes to it)",
      "main.conf:19:9: error: 'large' cannot be read: it is larger than 64 MiB, which no configuration is (the daemon reads it all the same)",
      "main.conf:20:9: error: '/dev/zero' cannot be read: it is a device (the daemon reads from it for as long as something comes)",
      '',
    ],
  );
  assert.match(said[0] ?? '', /^main\.conf:3:16: error: '# off'/);
});

test('a folder without a file in it is nothing to read', async (t) => {
  const cwd = temporaryFolder(t);
  mkdirSync(join(cwd, 'd', 'sub'), { recursive: true });
  const io = fakeIo({ cwd });
  assert.equal(await main(['lint', '-f', 'compact', 'd'], io), 2);
  assert.match(
    io.out(),
    /^d:1:1: error: cannot be read: nothing to read here: the folder holds no regular file/,
  );
});

test('a file of an included folder whose name is no UTF-8 is linted, as the daemon reads it', async (t) => {
  const cwd = temporaryFolder(t);
  mkdirSync(join(cwd, 'd'));
  writeFileSync(Buffer.from(`${cwd}/d/n\xff`, 'latin1'), faulty);
  writeFileSync(join(cwd, 'main.conf'), 'includedir d\n');
  const io = fakeIo({ cwd });
  assert.equal(await main(['lint', '-f', 'compact', 'main.conf'], io), 1);
  assert.match(io.outBytes().toString('latin1'), /^d\/n\xff:3:16: error: '# off'/m);
});

test('files whose names are no UTF-8 are found in folders and by patterns, and repaired', async (t) => {
  const cwd = temporaryFolder(t);
  const file = Buffer.from(`${cwd}/d\xfe/n\xff`, 'latin1');
  mkdirSync(Buffer.from(`${cwd}/d\xfe`, 'latin1'));
  writeFileSync(file, faulty);
  for (const word of ['d\udcfe', 'd*/n*', 'd\udcfe/*', '{d\udcfe/n\udcff,e}', 'd\udcfe/n\udcff']) {
    const io = fakeIo({ cwd });
    assert.equal(await main(['lint', '-f', 'compact', word], io), 1);
    assert.match(io.outBytes().toString('latin1'), /^d\xfe\/n\xff:3:16: error: '# off'.*\n$/, word);
  }
  const json = fakeIo({ cwd });
  await main(['lint', '-f', 'json', 'd*/n*'], json);
  assert.equal(JSON.parse(json.out()).files[0].path, 'd\udcfe/n\udcff');
  assert.doesNotMatch(json.out(), /\ufffd/);
  assert.equal(await main(['lint', '--fix', 'd*/n*'], fakeIo({ cwd })), 0);
  assert.match(readFileSync(file, 'utf8'), /# off\n\tdisable = yes\n/);
  assert.deepEqual(readdirSync(cwd).length, 1);
});

test('a text with a few bytes that belong in no text is linted', async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'a.conf'), Buffer.from(faulty.replace('/web', '/w\0b\xff'), 'latin1'));
  const io = fakeIo({ cwd });
  assert.equal(await main(['lint', '-f', 'compact', 'a.conf'], io), 1);
  assert.match(io.out(), /a\.conf:3:16: error: '# off' is no comment/);
});

test('includes are followed, and each file is reported once under the name that the include gives it', async (t) => {
  const cwd = temporaryFolder(t);
  mkdirSync(join(cwd, 'xinetd.d'));
  writeFileSync(join(cwd, 'xinetd.d', 'a'), faulty);
  writeFileSync(join(cwd, 'xinetd.d', 'b.conf'), faulty);
  writeFileSync(join(cwd, 'xinetd.conf'), 'includedir xinetd.d\n');
  const paths = async (...argv: string[]) => {
    const io = fakeIo({ cwd });
    await main(['lint', '-f', 'json', ...argv], io);
    return JSON.parse(io.out()).files.map((file: { path: string }) => file.path);
  };
  assert.deepEqual(await paths('xinetd.conf'), ['xinetd.conf', 'xinetd.d/a']);
  assert.deepEqual(await paths('xinetd.conf', 'xinetd.d'), ['xinetd.conf', 'xinetd.d/a']);
  assert.deepEqual(await paths('xinetd.d', 'xinetd.conf'), ['xinetd.conf', 'xinetd.d/a']);
  // The file that includedir passes over is named because of that.
  assert.deepEqual(await paths('xinetd.d'), ['xinetd.d/a', 'xinetd.d/b.conf']);
  assert.deepEqual(await paths('--no-follow', 'xinetd.conf'), ['xinetd.conf']);
});

test('--rule changes severities in order, and unknown names are refused with a suggestion', async () => {
  const run = async (...argv: string[]) => {
    const io = fakeIo({ input: faulty });
    return { status: await main(['lint', '-f', 'compact', ...argv, '-'], io), out: io.out(), err: io.err() };
  };
  assert.equal((await run('--rule', 'syntax/*=off')).out, '');
  const milder = await run('--rule', 'syntax/trailing-comment=info');
  assert.match(milder.out, /: info: /);
  assert.equal(milder.status, 0);
  const again = await run('--rule', 'syntax/*=off', '--rule', 'syntax/trailing-comment=warning');
  assert.match(again.out, /: warning: /);
  assert.match(
    (await run('--rule', 'syntax/trailing-coment=off')).err,
    /did you mean "syntax\/trailing-comment"/,
  );
  assert.equal((await run('--rule', 'syntax/trailing-comment=fatal')).status, 2);
});

test('the failing level and the number of warnings decide about the exit status', async () => {
  const run = (...argv: string[]) =>
    main(['lint', '--rule', 'syntax/trailing-comment=warning', ...argv, '-'], fakeIo({ input: faulty }));
  assert.equal(await run(), 0);
  assert.equal(await run('--fail-on', 'warning'), 1);
  assert.equal(await run('--max-warnings', '1'), 0);
  assert.equal(await run('--max-warnings', '0'), 1);
});

test('the report goes to a file with -o, and its format may come from the environment', async (t) => {
  const cwd = temporaryFolder(t);
  const toFile = fakeIo({ input: faulty, cwd });
  assert.equal(await main(['lint', '-f', 'github', '-o', 'report.txt', '-'], toFile), 1);
  assert.equal(toFile.out(), '');
  assert.match(readFileSync(join(cwd, 'report.txt'), 'utf8'), /^::error file=-,line=3/);
  const fromEnvironment = fakeIo({ input: faulty, env: { XCFG_FORMAT: 'gitlab' } });
  await main(['lint', '-'], fromEnvironment);
  assert.ok(Array.isArray(JSON.parse(fromEnvironment.out())));
  const inActions = fakeIo({ input: faulty, env: { GITHUB_ACTIONS: 'true' } });
  await main(['lint', '-'], inActions);
  assert.match(inActions.out(), /^::error /);
});

test('--dialect reads inetd.conf as that daemon does, and has to be one', async () => {
  const input = 'a 1 2 3 4 5\n127.0.0.1:\n';
  const codes = async (...words: readonly string[]) => {
    const io = fakeIo({ input });
    const status = await main(['lint', '--from', 'inetd', '-f', 'compact', ...words, '-'], io);
    return { status, out: io.out(), err: io.err() };
  };
  assert.match((await codes('--dialect', 'freebsd')).out, /^-:2:1: error: too few fields/m);
  assert.doesNotMatch((await codes('--dialect', 'netbsd')).out, /^-:2:/m);
  assert.deepEqual(await codes('--dialect', 'auto'), await codes());
  const wrong = await codes('--dialect', 'freebds');
  assert.equal(wrong.status, 2);
  assert.match(wrong.err, /option "--dialect" cannot be "freebds"[\s\S]*did you mean "freebsd"/);
});

test('what xinetd would log of an inetd.conf is not said of it', async () => {
  const io = fakeIo({
    input:
      '# one\n127.0.0.1:47102 stream tcp nowait nobody internal\nftp stream tcp nowait\n# two\n\n# three\n',
  });
  await main(['lint', '--from', 'inetd', '-f', 'json', '-'], io);
  assert.match(io.out(), /too few fields/);
  assert.doesNotMatch(io.out(), /the log says/);
});

test('with inetdCompat the inetd.conf beside the main file is a part of it, also where both are named', async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'xinetd.conf'), sound);
  writeFileSync(join(cwd, 'inetd.conf'), 'rsync stream tcp nowait.20 nobody /usr/bin/rsync rsync --daemon\n');
  const config = join(cwd, 'xcfg.json');
  for (const inetdCompat of [true, false]) {
    writeFileSync(config, JSON.stringify({ root: true, target: { inetdCompat } }));
    for (const names of [['xinetd.conf'], ['xinetd.conf', 'inetd.conf'], ['inetd.conf', 'xinetd.conf']]) {
      const io = fakeIo({ cwd });
      await main(['lint', '-f', 'compact', ...names], io);
      const found = io.out().match(/^inetd\.conf:1:18: error: .*\[syntax\/inetd-bad-field\]$/gm);
      assert.equal(found?.length ?? 0, inetdCompat ? 1 : 0, names.join());
    }
  }
});

test('a secret in quotes is not shown, not even by the fix that takes the quotes away', async () => {
  const input = faulty.replace('\tdisable = yes # off\n', '\tserver_args = "--password=hunter2"\n');
  for (const format of ['json', 'sarif', 'pretty']) {
    const io = fakeIo({ input });
    await main(['lint', '-f', format, '-'], io);
    assert.match(io.out(), /secret-in-config/);
    assert.doesNotMatch(io.out(), /hunter2/);
  }
});

test('too many warnings are said to be too many, also where none is shown', async () => {
  const input = faulty
    .replace(' # off', '')
    .replace('disable = yes', 'disable = no')
    .replace('nobody', 'root');
  const io = fakeIo({ input });
  assert.equal(await main(['lint', '--max-warnings', '0', '-q', '-'], io), 1);
  assert.equal(io.out(), '1 warning, more than --max-warnings 0 allows\n');
});

test('whether there is a log is not asked of a drop-in alone', async () => {
  const input = faulty
    .replace('\tlog_type = SYSLOG authpriv\n', '')
    .replace(' # off', '')
    .replace('= yes', '= no');
  const io = fakeIo({ input });
  await main(['lint', '-f', 'compact', '--stdin-filename', 'etc/xinetd.d/a', '-'], io);
  assert.doesNotMatch(io.out(), /log_type/);
});

test('rules that the machine would be needed for are counted under a report, and the page of each rule is named', async () => {
  const report = async (...argv: string[]) => {
    const io = fakeIo({ input: faulty });
    await main(['lint', ...argv, '-'], io);
    return io.out();
  };
  const document = JSON.parse(await report('-f', 'json'));
  schemaChecker('lint-report')(document, 'a report');
  const [{ diagnostics }] = document.files;
  assert.equal(diagnostics[0].documentation, 'docs/rules/syntax/trailing-comment.md');
  const { skippedRules } = document.summary;
  assert.ok(skippedRules > 5);
  assert.match(await report(), new RegExp(`^${skippedRules} rules skipped: no host facts`, 'm'));
  assert.doesNotMatch(await report('--facts', 'live'), /rules skipped/);
});

test('several reports come of one run, each in its place', async (t) => {
  const cwd = temporaryFolder(t);
  const run = async (...argv: string[]) => {
    const io = fakeIo({ input: faulty, cwd });
    return { status: await main(['lint', ...argv, '-'], io), out: io.out(), err: io.err() };
  };
  const both = await run('-f', 'compact', '-f', 'sarif=out.sarif', '--format=json=out.json');
  assert.equal(both.status, 1);
  assert.match(both.out, /^-:3:16: error/);
  assert.equal(JSON.parse(readFileSync(join(cwd, 'out.sarif'), 'utf8')).version, '2.1.0');
  assert.equal(JSON.parse(readFileSync(join(cwd, 'out.json'), 'utf8')).version, 1);
  const quiet = await run('-f', 'gitlab=quality.json');
  assert.equal(quiet.out, '', 'what has a file does not go to standard output as well');
  const withDefault = await run('-f', 'gitlab=quality.json', '-o', '-');
  assert.match(withDefault.out, /trailing-comment/);
  assert.match((await run('-f', 'json', '-f', 'compact')).err, /two reports cannot go to one output/);
  assert.match((await run('-f', 'json=a', '-f', 'compact=./a')).err, /two reports cannot go to "\.\/a"/);
  assert.match((await run('-f', 'sarf=a')).err, /cannot be "sarf"\n.*did you mean "sarif"/);
  assert.match((await run('-f', 'json=')).err, /"json=" names no file/);
});

test('a bound of findings is a number from 0', async () => {
  const lint = async (most: string) => {
    const io = fakeIo({ input: 'service web\n{\n}\n' });
    return [await main(['lint', `--max-findings=${most}`, '-'], io), io.err()] as const;
  };
  const [status, said] = await lint('-1');
  assert.equal(status, 2);
  assert.match(said, /--max-findings takes a number from 0/);
  assert.notEqual((await lint('0'))[0], 2);
});

test('what is no regular file in a named folder has its own place in the report', async (t) => {
  const cwd = temporaryFolder(t);
  mkdirSync(join(cwd, 'd', 'sub'), { recursive: true });
  writeFileSync(join(cwd, 'd', 'web'), faulty);
  const io = fakeIo({ cwd });
  await main(['lint', '-f', 'compact', 'd/'], io);
  assert.match(
    io.out(),
    /^d\/sub:1:1: warning: 'sub' is not read: it is no regular file \(the daemon does not read the file\) \[/m,
  );
});
