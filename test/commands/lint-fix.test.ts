import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { LintFile } from '../../src/commands/lint-file.ts';
import { fixSubject } from '../../src/commands/lint-fix.ts';
import { LintSubject } from '../../src/commands/lint-subject.ts';
import { main } from '../../src/commands/main.ts';
import { ShownPaths } from '../../src/commands/shown-paths.ts';
import { lintTree } from '../../src/lint/lint.ts';
import { loadRules } from '../../src/lint/registry.ts';
import type { SourceTree } from '../../src/lint/source-tree.ts';
import { diskFiles } from '../../src/model/host/disk-files.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { fakeIo } from '../support/fake-io.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function service(...lines: readonly string[]): string {
  const own = ['type = UNLISTED', 'flags = IPv4', 'socket_type = stream', 'protocol = tcp', 'wait = no'];
  const rest = ['user = nobody', 'server = /usr/libexec/web', 'instances = 20', 'log_type = SYSLOG authpriv'];
  const logs = ['log_on_success = HOST PID', 'log_on_failure = HOST'];
  return `service a\n{\n${[...own, ...rest, ...logs, ...lines].map((line) => `\t${line}\n`).join('')}}\n`;
}

const safe = service('port = 8080', 'only_form = 192.0.2.0/24');
const unsafe = service('port=8080', 'only_from = 192.0.2.0/24');

test('--fix makes the safe fixes and reports what is left', async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'safe.conf'), safe);
  writeFileSync(join(cwd, 'unsafe.conf'), unsafe);
  const io = fakeIo({ cwd });
  assert.equal(await main(['lint', '--fix', '-f', 'compact', 'safe.conf', 'unsafe.conf'], io), 1);
  assert.equal(readFileSync(join(cwd, 'safe.conf'), 'utf8'), safe.replace('only_form', 'only_from'));
  assert.equal(readFileSync(join(cwd, 'unsafe.conf'), 'utf8'), unsafe);
  assert.match(io.out(), /^unsafe\.conf:\d+:2: error: 'port' touches its operator/);
});

test('--unsafe-fixes makes all of them', async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'unsafe.conf'), unsafe);
  const io = fakeIo({ cwd });
  assert.equal(await main(['lint', '--unsafe-fixes', 'unsafe.conf'], io), 0);
  assert.equal(readFileSync(join(cwd, 'unsafe.conf'), 'utf8'), unsafe.replace('port=', 'port = '));
});

test('fixes that are safe one by one and start a service together are not made together', async (t) => {
  const cwd = temporaryFolder(t);
  const text = service('port=8080', 'nice=5', 'only_from = 192.0.2.0/24');
  writeFileSync(join(cwd, 'a.conf'), text);
  await main(['lint', '--fix', 'a.conf'], fakeIo({ cwd }));
  const fixed = readFileSync(join(cwd, 'a.conf'), 'utf8');
  assert.equal([...fixed.matchAll(/\w=\d/g)].length, 1, 'one of the two has to stay');
});

test('fixing is idempotent, and works on included files', async (t) => {
  const cwd = temporaryFolder(t);
  mkdirSync(join(cwd, 'd'));
  writeFileSync(join(cwd, 'main.conf'), 'includedir d\n');
  writeFileSync(join(cwd, 'd', 'a'), safe);
  await main(['lint', '--fix', 'main.conf'], fakeIo({ cwd }));
  const once = readFileSync(join(cwd, 'd', 'a'), 'utf8');
  await main(['lint', '--fix', 'main.conf'], fakeIo({ cwd }));
  assert.equal(once, safe.replace('only_form', 'only_from'));
  assert.equal(readFileSync(join(cwd, 'd', 'a'), 'utf8'), once);
});

test('--diff shows the change and makes none; a difference is status 1', async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'safe.conf'), safe);
  const io = fakeIo({ cwd });
  assert.equal(await main(['lint', '--diff', 'safe.conf'], io), 1);
  assert.match(io.out(), /^--- safe\.conf.*\n\+\+\+ safe\.conf.*\n@@/);
  assert.match(io.out(), /\n-\tonly_form = 192.*\n\+\tonly_from = 192/);
  assert.equal(readFileSync(join(cwd, 'safe.conf'), 'utf8'), safe);
});

test('--diff shows no secret, and --fix keeps it', async (t) => {
  const cwd = temporaryFolder(t);
  const text = safe.replace('\tonly_form', '\tserver_args = --password=hunter2x\n\tonly_form');
  writeFileSync(join(cwd, 'a.conf'), text);
  const io = fakeIo({ cwd });
  await main(['lint', '--diff', 'a.conf'], io);
  assert.match(io.out(), /^ \tserver_args = --password=\*{8}$/m);
  assert.match(io.out(), /^\+\tonly_from/m);
  assert.ok(!(io.out() + io.err()).includes('hunter2x'));
  await main(['lint', '--fix', 'a.conf'], fakeIo({ cwd }));
  assert.equal(readFileSync(join(cwd, 'a.conf'), 'utf8'), text.replace('only_form', 'only_from'));
});

test('standard input comes out fixed, and the findings go to standard error', async () => {
  const io = fakeIo({
    input: `${safe}${unsafe.replace('service a', 'service b').replaceAll('8080', '8081')}`,
  });
  assert.equal(await main(['lint', '--fix', '-f', 'compact', '-'], io), 1);
  assert.match(io.out(), /only_from = 192\.0\.2\.0\/24\n\}\nservice b/);
  assert.match(io.err(), /touches its operator/);
});

test('a service is switched off only when the rule is named', async (t) => {
  const cwd = temporaryFolder(t);
  const telnet = service('port = 23', 'only_from = 192.0.2.0/24');
  writeFileSync(join(cwd, 'telnet.conf'), telnet);
  await main(['lint', '--fix', 'telnet.conf'], fakeIo({ cwd }));
  assert.equal(readFileSync(join(cwd, 'telnet.conf'), 'utf8'), telnet);
  await main(['lint', '--fix', '--fix-rule', 'security/insecure-service', 'telnet.conf'], fakeIo({ cwd }));
  assert.match(readFileSync(join(cwd, 'telnet.conf'), 'utf8'), /\{\n\tdisable = yes\n/);
  writeFileSync(join(cwd, 'telnet.conf'), telnet);
  await main(['lint', '--fix=security/insecure-service', 'telnet.conf'], fakeIo({ cwd }));
  assert.match(readFileSync(join(cwd, 'telnet.conf'), 'utf8'), /\{\n\tdisable = yes\n/);
  assert.equal(await main(['lint', '--fix=security/no-such', 'telnet.conf'], fakeIo({ cwd })), 2);
  assert.equal(await main(['lint', '--fix=yes', 'telnet.conf'], fakeIo({ cwd })), 2);
});

test('a built-in diagnostic service is switched off without being asked for', async (t) => {
  const cwd = temporaryFolder(t);
  const text =
    'service chargen\n{\n\ttype = INTERNAL\n\tsocket_type = stream\n\twait = no\n\tdisable = no\n}\n';
  writeFileSync(join(cwd, 'chargen'), text);
  await main(['lint', '--fix', 'chargen'], fakeIo({ cwd }));
  assert.equal(readFileSync(join(cwd, 'chargen'), 'utf8'), text.replace('disable = no', 'disable = yes'));
});

test('CRLF, no final newline and bytes that are no UTF-8 stay as they are outside of an edit', async (t) => {
  const cwd = temporaryFolder(t);
  const text = `# caf\xe9\n${safe.slice(0, -1)}`;
  writeFileSync(join(cwd, 'a.conf'), Buffer.from(text, 'latin1'));
  await main(['lint', '--fix', 'a.conf'], fakeIo({ cwd }));
  assert.equal(readFileSync(join(cwd, 'a.conf'), 'latin1'), text.replace('only_form', 'only_from'));
});

test('the user is logged in the list that counts, and flags are written once', async (t) => {
  const cwd = temporaryFolder(t);
  const text = service('port = 8080', 'only_from = 192.0.2.1').replace('IPv4', 'IPv4 IDONLY');
  writeFileSync(join(cwd, 'a.conf'), text);
  await main(['lint', '--fix', 'a.conf'], fakeIo({ cwd }));
  assert.equal(readFileSync(join(cwd, 'a.conf'), 'utf8'), text.replace('HOST PID', 'HOST PID USERID'));
});

test('a rule that is not there cannot be named for fixing', async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'a.conf'), safe);
  const io = fakeIo({ cwd });
  assert.equal(await main(['lint', '--fix', '--fix-rule', 'security/insecure-servic', 'a.conf'], io), 2);
  assert.match(io.err(), /there is no rule "security\/insecure-servic"[\s\S]*did you mean/);
});

test('--fix-rule makes no fix without --fix, and that is an error', async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'a.conf'), safe);
  const io = fakeIo({ cwd });
  const run = (...more: string[]) =>
    main(['lint', '--fix-rule', 'security/insecure-service', ...more, 'a.conf'], io);
  assert.equal(await run(), 2);
  assert.match(io.err(), /write --fix=security\/insecure-service/);
  assert.equal(await run('--diff'), 1);
  assert.equal(await run('--fix'), 0);
});

test('what was done is said, and what was left', async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'a.conf'), safe);
  const io = fakeIo({ cwd });
  await main(['lint', '--fix', 'a.conf'], io);
  assert.equal(io.out(), "1 fixed: Rename 'only_form' to 'only_from'\n");
  writeFileSync(join(cwd, 'b.conf'), service('port=8080', 'nice=5', 'only_from = 192.0.2.0/24'));
  const both = fakeIo({ cwd });
  await main(['lint', '--fix', 'b.conf'], both);
  assert.match(
    both.out(),
    /\n1 fixed: .*\nfixes that are safe one by one and do harm together were left out\n/,
  );
});

test('every kind of fix is named, the most frequent first', async (t) => {
  const cwd = temporaryFolder(t);
  const ports = Array.from({ length: 12 }, (_, at) => service(`only_form = 192.0.2.${at}`, `nice${at} = 5`));
  const slips = [
    'port=8080',
    'umaks = 022',
    'instnaces = 5',
    'per_sorce = 5',
    'bnid = 192.0.2.1',
    'gruop = games',
  ];
  const more = [
    'acces_times = 8:00-9:00',
    'baner = /etc/issue',
    'log_on_faliure = HOST',
    'only_form = 192.0.2.0',
  ];
  writeFileSync(join(cwd, 'a.conf'), service(...slips, ...more) + ports.join(''));
  const io = fakeIo({ cwd });
  await main(['lint', '--unsafe-fixes', '--diff', 'a.conf'], io);
  const [, list = ''] = /fixed in what is shown: (.*)/.exec(io.err()) ?? [];
  assert.ok(list.split(', ').length > 8, list);
  assert.match(list, /^Rename 'only_form' to 'only_from' \(\d+\), /);
  assert.doesNotMatch(list, /more/);
});

test('lines are added as their neighbours are indented', async (t) => {
  const cwd = temporaryFolder(t);
  const withoutLogs = service('port = 8080', 'only_from = 192.0.2.0/24').replace(
    /\tinstances.*(?=\tport)/s,
    '',
  );
  const spaced = `defaults\n{\n}\n${withoutLogs}`.replaceAll('\t', '    ');
  writeFileSync(join(cwd, 'a.conf'), spaced);
  await main(['lint', '--unsafe-fixes', 'a.conf'], fakeIo({ cwd }));
  const fixed = readFileSync(join(cwd, 'a.conf'), 'utf8');
  assert.match(fixed, /^defaults\n\{\n {4}log_type = /);
  assert.match(fixed, /\n\{\n {4}instances = 60\n/);
  assert.doesNotMatch(fixed, /\t/);
});

test('what could not be written counts as it was', async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'a.conf'), 'changed by someone else');
  const files = [LintFile.holding(new SourceText('a.conf', safe))];
  const subject = new LintSubject(
    { path: 'a.conf', isFolder: false, isStdin: false, files },
    { files: diskFiles({ directory: cwd }), cwd, follow: true },
  );
  const rules = (await loadRules()).map((rule) => ({ rule }));
  const lint = (tree: SourceTree) => lintTree(tree, { rulesFor: () => rules });
  const run = {
    level: 'safe',
    isDiff: false,
    isColored: false,
    root: undefined,
    shown: new ShownPaths([], undefined, '/'),
    pending: new Map(),
  } as const;
  const outcome = await fixSubject(subject, run, lint, undefined, fakeIo({ cwd }));
  assert.equal(outcome.failures.length, 1);
  assert.deepEqual([outcome.made.length, outcome.changed.size], [0, 0]);
  assert.ok(outcome.diagnostics.some(({ code }) => code === 'syntax/unknown-attribute'));
});

test('with --main the named files alone are repaired', async (t) => {
  const cwd = temporaryFolder(t);
  mkdirSync(join(cwd, 'd'));
  writeFileSync(join(cwd, 'main.conf'), 'includedir d\n');
  writeFileSync(join(cwd, 'd', 'a'), safe);
  writeFileSync(join(cwd, 'd', 'b'), safe.replace('service a', 'service b').replace('8080', '8081'));
  await main(['lint', '--fix', '--main', 'main.conf', 'd/a'], fakeIo({ cwd }));
  assert.match(readFileSync(join(cwd, 'd', 'a'), 'utf8'), /only_from/);
  assert.match(readFileSync(join(cwd, 'd', 'b'), 'utf8'), /only_form/);
});

test('a drop-in that a relative path of the main file leads to is repaired where it lies', async (t) => {
  const cwd = temporaryFolder(t);
  mkdirSync(join(cwd, 'conf', 'xinetd.d'), { recursive: true });
  writeFileSync(join(cwd, 'conf', 'xinetd.conf'), 'includedir xinetd.d\n');
  writeFileSync(join(cwd, 'conf', 'xinetd.d', 'a'), safe);
  const io = fakeIo({ cwd });
  assert.notEqual(await main(['lint', '--fix', 'conf/xinetd.conf'], io), 2);
  assert.match(readFileSync(join(cwd, 'conf', 'xinetd.d', 'a'), 'utf8'), /only_from/);
});

test('with --main a drop-in of a folder that is not here is repaired once, where it lies', async (t) => {
  const cwd = temporaryFolder(t);
  mkdirSync(join(cwd, 'xinetd.d'));
  writeFileSync(join(cwd, 'main.conf'), 'includedir /no-such-folder/xinetd.d\n');
  writeFileSync(join(cwd, 'xinetd.d', 'a'), safe);
  const io = fakeIo({ cwd });
  await main(['lint', '--fix', '--main', 'main.conf', 'xinetd.d/a'], io);
  assert.match(readFileSync(join(cwd, 'xinetd.d', 'a'), 'utf8'), /only_from/);
  assert.match(io.out(), /1 fixed/);
  assert.doesNotMatch(io.out(), /unknown-attribute/);
});

test('with --main a drop-in from elsewhere is repaired, and what is repaired is not reported', async (t) => {
  const cwd = temporaryFolder(t);
  mkdirSync(join(cwd, 'role', 'xinetd.d'), { recursive: true });
  writeFileSync(join(cwd, 'main.conf'), 'includedir /nowhere/xinetd.d\n');
  writeFileSync(join(cwd, 'role', 'xinetd.d', 'a'), safe);
  const io = fakeIo({ cwd });
  const argv = ['lint', '--fix', '-f', 'json', '--main', 'main.conf', 'role/xinetd.d/a'];
  assert.equal(await main(argv, io), 0);
  assert.equal(
    readFileSync(join(cwd, 'role', 'xinetd.d', 'a'), 'utf8'),
    safe.replace('only_form', 'only_from'),
  );
  const { notes, files } = JSON.parse(io.out());
  assert.deepEqual(notes, ["1 fixed: Rename 'only_form' to 'only_from'"]);
  assert.deepEqual(files, [{ path: 'role/xinetd.d/a', diagnostics: [] }]);
});

test('a file that two main files include is shown once', async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'part'), safe);
  for (const name of ['one.conf', 'two.conf']) writeFileSync(join(cwd, name), `include ${cwd}/part\n`);
  const io = fakeIo({ cwd });
  assert.equal(await main(['lint', '--diff', '-f', 'json', 'one.conf', 'two.conf'], io), 1);
  assert.equal(io.out().match(/^\+\tonly_from/gm)?.length, 1);
  assert.deepEqual(JSON.parse(io.err()).notes, [
    "1 fixed in what is shown: Rename 'only_form' to 'only_from'",
  ]);
});

test('a file that is named twice, alone and with its folder, is repaired once', async (t) => {
  const cwd = temporaryFolder(t);
  mkdirSync(join(cwd, 'd'));
  writeFileSync(join(cwd, 'd', 'a'), safe);
  writeFileSync(join(cwd, 'd', 'b'), safe.replace('service a', 'service b').replace('8080', '8081'));
  const io = fakeIo({ cwd });
  assert.equal(await main(['lint', '--fix', '-f', 'json', 'd/a', 'd'], io), 0);
  assert.match(readFileSync(join(cwd, 'd', 'a'), 'utf8'), /only_from/);
  assert.deepEqual(JSON.parse(io.out()).notes, ["2 fixed: Rename 'only_form' to 'only_from' (2)"]);
});
