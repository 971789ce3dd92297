import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { main } from '../../src/commands/main.ts';
import { hostOfFacts } from '../../src/lint/host-of-facts.ts';
import { fakeIo } from '../support/fake-io.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const entry = (...lines: string[]) =>
  `service a\n{\n\ttype = UNLISTED\n\tflags = IPv4\n\tsocket_type = stream\n\tprotocol = tcp\n\tport = 8080\n\twait = no\n\tuser = root\n\tserver = /usr/libexec/web\n\tinstances = 20\n\tonly_from = 192.0.2.0/24\n\tlog_type = SYSLOG authpriv\n\tlog_on_success = HOST PID\n\tlog_on_failure = HOST\n${lines.map((line) => `\t${line}\n`).join('')}}\n`;

function project(t: TestContext, files: Readonly<Record<string, string>>): string {
  const cwd = temporaryFolder(t);
  mkdirSync(join(cwd, '.git'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  return cwd;
}

async function lint(cwd: string, ...argv: string[]) {
  const io = fakeIo({ cwd });
  const status = await main(['lint', '-f', 'compact', ...argv], io);
  return { status, out: io.out(), err: io.err() };
}

test('severities, groups and options of rules come from the nearest file', async (t) => {
  const cwd = project(t, {
    'xcfg.json': `{ // comments are fine
      "rules": { "security/run-as-root": ["error", { "allowRoot": ["other"] }], "syntax/*": "off" }
    }`,
    'a.conf': entry('colour = red'),
    'sub/xcfg.json': '{ "rules": { "security/run-as-root": ["warning", { "allowRoot": ["web"] }] } }',
    'sub/b.conf': entry(),
  });
  assert.match((await lint(cwd, 'a.conf')).out, /^a\.conf:9:9: error: .*\[security\/run-as-root\]\n$/);
  assert.deepEqual(await lint(cwd, 'sub/b.conf'), { status: 0, out: '', err: '' });
  assert.match((await lint(cwd, '--no-config', 'a.conf')).out, /unknown attribute 'colour'/);
  assert.match((await lint(cwd, '--rule', 'security/run-as-root=info', 'a.conf')).out, /: info: /);
});

test('what is wrong in the file is said with its place, and the status is 2', async (t) => {
  const cwd = project(t, {
    'xcfg.json': `{
  "ruels": {},
  "failOn": "never",
  "rules": { "syntax/trailing-coment": "off" }
}`,
    'a.conf': entry(),
  });
  const { status, out, err } = await lint(cwd, 'a.conf');
  assert.equal(status, 2);
  assert.equal(out, '');
  assert.match(err, /xcfg\.json:2:3: error: unknown key "ruels"; did you mean "rules"\?/);
  assert.match(err, /xcfg\.json:3:13: error: "failOn" must be/);
  writeFileSync(join(cwd, 'xcfg.json'), '{ "rules": { "syntax/trailing-coment": "off" } }');
  assert.match(
    (await lint(cwd, 'a.conf')).err,
    /xcfg\.json:1:14: error: there is no rule "syntax\/trailing-coment"; did you mean "syntax\/trailing-comment"\?/,
  );
  writeFileSync(join(cwd, 'xcfg.json'), '{ "rules": ');
  assert.match((await lint(cwd, 'a.conf')).err, /no valid JSON/);
});

test('overrides count for the files that their patterns mean, presets and files can be extended', async (t) => {
  const cwd = project(t, {
    'xcfg.json': `{
      "extends": ["recommended", "./base.json"],
      "overrides": [{ "files": ["ctf/**"], "extends": ["ctf"], "rules": { "security/run-as-root": "off" } }]
    }`,
    'base.json': '{ "failOn": "warning", "rules": { "performance/ident-lookup": "warning" } }',
    'a.conf': entry('log_on_success += USERID'),
    'ctf/b.conf': entry().replace('/usr/libexec/web', '/home/ctf/web'),
  });
  const a = await lint(cwd, 'a.conf');
  assert.match(a.out, /\[performance\/ident-lookup\]/);
  assert.equal(a.status, 1, 'failOn of the base counts');
  assert.match(
    (await lint(cwd, 'ctf/b.conf')).out,
    /^ctf\/b\.conf:\d+:\d+: info: .*\[security\/untrusted-server-path\]\n$/,
  );
});

test('a configuration stands in package.json too, and --config names one', async (t) => {
  const cwd = project(t, {
    'package.json': '{ "name": "x", "xcfg": { "rules": { "security/*": "off" } } }',
    'other.json': '{ "rules": { "security/run-as-root": "info" } }',
    'a.conf': entry(),
  });
  assert.equal((await lint(cwd, 'a.conf')).out, '');
  assert.match((await lint(cwd, '--config', 'other.json', 'a.conf')).out, /: info: /);
  assert.equal((await lint(cwd, '--config', 'missing.json', 'a.conf')).status, 2);
});

test('locked rules cannot be silenced, reasons can be required, and comments left out of account', async (t) => {
  const cwd = project(t, {
    'xcfg.json': '{ "locked": ["security/run-as-root"], "requireReason": true }',
    'a.conf': `# xcfg: ignore[security/run-as-root]\n${entry()}`,
  });
  const { out } = await lint(cwd, 'a.conf');
  assert.match(out, /\[security\/run-as-root\]/);
  assert.match(out, /say why.*\[meta\/invalid-suppression\]/);
  assert.match(
    (await lint(cwd, '--no-config', '--no-inline-config', 'a.conf')).out,
    /\[security\/run-as-root\]/,
  );
  assert.equal((await lint(cwd, '--no-config', 'a.conf')).out, '');
});

test('what a template leaves open is not judged', async (t) => {
  const cwd = project(t, {
    'xcfg.json': '{ "templates": { "ignorePatterns": ["\\\\{\\\\{.*?\\\\}\\\\}"] } }',
    'a.conf': entry()
      .replace('8080', '{{ port }}')
      .replace('root', '{{ user }}')
      .replace('192.0.2.0/24', '{{ net }} # lan'),
  });
  const { out } = await lint(cwd, 'a.conf');
  assert.match(out, /^a\.conf:12:\d+: error: '# lan' is no comment.*\[syntax\/trailing-comment\]\n$/);
});

test('patterns say the format of files whose text does not', async (t) => {
  const cwd = project(t, {
    'xcfg.json': '{ "files": { "*.services": "inetd" } }',
    'a.services': '# nothing but a comment\nftp stream\n',
  });
  assert.match((await lint(cwd, 'a.services')).out, /\[syntax\/inetd-field-count\]/);
});

test('a baseline leaves out what is known, and nothing else', async (t) => {
  const cwd = project(t, { 'a.conf': entry() });
  assert.equal((await lint(cwd, '--baseline', 'known.json', '--write-baseline', 'a.conf')).status, 0);
  assert.deepEqual((await lint(cwd, '--baseline', 'known.json', 'a.conf')).out, '');
  writeFileSync(join(cwd, 'a.conf'), `# a line more\n${entry('colour = red')}`);
  const { out, status } = await lint(cwd, '--baseline', 'known.json', 'a.conf');
  assert.match(out, /^a\.conf:\d+:2: error: unknown attribute 'colour'.*\n$/);
  assert.equal(status, 1);
  assert.equal((await lint(cwd, '--write-baseline', 'a.conf')).status, 2);
  assert.equal(JSON.parse(readFileSync(join(cwd, 'known.json'), 'utf8')).version, 1);
});

test('files of a folder can be ignored, named files cannot', async (t) => {
  const cwd = project(t, { '.xcfgignore': 'd/b\n', 'd/a': entry(), 'd/b': entry() });
  assert.match((await lint(cwd, 'd')).out, /^d\/a:9:9/);
  assert.doesNotMatch((await lint(cwd, 'd')).out, /d\/b/);
  assert.match((await lint(cwd, 'd/b')).out, /^d\/b/);
  assert.equal((await lint(cwd, '--ignore-pattern', 'd/*', 'd')).out, '');
});

test('--main tells what a drop-in inherits, and only the drop-in is reported', async (t) => {
  const cwd = project(t, {
    'main.conf': 'defaults\n{\n\tonly_from = 192.0.2.0/24\n\tcolour = red\n}\nincludedir d\n',
    'd/a': entry().replace('\tonly_from = 192.0.2.0/24\n', ''),
    'd/b': entry('taste = sour').replace('service a', 'service b').replace('8080', '8081'),
  });
  const alone = await lint(cwd, 'd/a');
  assert.match(alone.out, /\[security\/no-access-control\]/);
  const { out } = await lint(cwd, '--main', 'main.conf', 'd/a');
  assert.doesNotMatch(out, /no-access-control|main\.conf|d\/b/);
  assert.match(out, /^d\/a:9:9: warning: .*\[security\/run-as-root\]\n$/);
});

test('--main includes from its own folder where the current one has no such folder', async (t) => {
  const cwd = project(t, {
    'conf/xinetd.conf': 'defaults\n{\n\tonly_from = 192.0.2.0/24\n}\nincludedir xinetd.d\ninclude extra\n',
    'conf/xinetd.d/a': entry('colour = red').replace('\tonly_from = 192.0.2.0/24\n', ''),
    'conf/extra': entry('taste = sour').replace('service a', 'service b').replace('8080', '8081'),
  });
  const findings = [/^conf\/xinetd\.d\/a:15:2: .*'colour'/m, /^conf\/extra:16:2: .*'taste'/m];
  const whole = await lint(cwd, 'conf/xinetd.conf');
  for (const finding of findings) assert.match(whole.out, finding);
  const named = await lint(cwd, '--main', 'conf/xinetd.conf', 'conf/xinetd.d/a', 'conf/extra');
  for (const finding of findings) assert.match(named.out, finding);
  assert.doesNotMatch(named.out, /no-access-control|ignored-include-file/);
  const absolute = await lint(cwd, '--main', join(cwd, 'conf/xinetd.conf'), join(cwd, 'conf/xinetd.d/a'));
  assert.match(absolute.out, /\/conf\/xinetd\.d\/a:15:2: .*'colour'/);
  assert.doesNotMatch(absolute.out, /no-access-control|ignored-include-file/);
});

test('a named file that the main file does not include is linted alone, and that is said', async (t) => {
  const cwd = project(t, {
    'main.conf': 'includedir d\ninclude e/one\n',
    'd/a': entry(),
    'd/a.old': entry(),
    'd/b.conf': entry('colour = red').replace('service a', 'service b').replace('8080', '8081'),
    'e/one': entry().replace('service a', 'service c').replace('8080', '8082'),
    'e/two': entry().replace('service a', 'service d').replace('8080', '8083'),
    'none.conf': 'defaults\n{\n}\n',
  });
  const dotted = await lint(cwd, '--main', 'main.conf', 'd/b.conf');
  assert.match(
    dotted.out,
    /^d\/b\.conf:1:1: error: 'main\.conf' does not include this file: includedir passes over .*\[correctness\/ignored-include-file\]$/m,
  );
  assert.match(dotted.out, /'colour'/);
  assert.equal(dotted.status, 1);
  const copy = await lint(cwd, '--main', 'main.conf', 'd/a.old');
  assert.match(copy.out, /^d\/a\.old:1:1: warning: 'main\.conf' does not include this file/m);
  const { out } = await lint(cwd, '--main', 'none.conf', 'e');
  assert.match(out, /^e\/one:1:1: error: 'none\.conf' does not include this file .*'c'/m);
  assert.match(out, /^e\/two:1:1: error: 'none\.conf' does not include this file .*'d'/m);
  const followed = await lint(cwd, '--main', 'main.conf', 'd/a', 'e/one');
  assert.doesNotMatch(followed.out, /ignored-include-file/);
  assert.doesNotMatch((await lint(cwd, '--no-follow', '--main', 'main.conf', 'd/a')).out, /does not include/);
});

test('--root reads absolute paths below a folder, and reports them as they were given', async (t) => {
  const cwd = project(t, {
    'image/etc/xinetd.conf': 'includedir /etc/xinetd.d\n',
    'image/etc/xinetd.d/a': entry(),
  });
  assert.match((await lint(cwd, '--root', 'image', '/etc/xinetd.conf')).out, /^\/etc\/xinetd\.d\/a:9:9: /);
});

test('--root reports files that are named by where they lie here by such names, and what they include', async (t) => {
  const files = {
    'image/etc/xinetd.conf': 'includedir /etc/xinetd.d\n',
    'image/etc/xinetd.d/a': entry('disable = yes # off'),
  };
  const cwd = project(t, files);
  const places = async (from: string, ...words: string[]) => {
    const { out } = await lint(join(cwd, from), '--rule', 'security/run-as-root=off', ...words);
    return out.match(/^[^:]+(?=:.*trailing-comment)/gm);
  };
  assert.deepEqual(await places('', '--root', 'image', 'image/etc/xinetd.conf'), ['image/etc/xinetd.d/a']);
  assert.deepEqual(await places('', '--root', 'image', './image/etc/xinetd.d/a'), ['./image/etc/xinetd.d/a']);
  assert.deepEqual(await places('image', '--root', '.', 'etc/xinetd.conf'), ['etc/xinetd.d/a']);
  assert.deepEqual(await places('image', '--root', '.', 'etc/xinetd.d'), ['etc/xinetd.d/a']);
  const { out } = await lint(cwd, '--diff', '--root', 'image', 'image/etc/xinetd.conf');
  assert.match(out, /^--- image\/etc\/xinetd\.d\/a$/m);
});

test('what is made up for the placeholders of a template is in no text of a report', async (t) => {
  const text = entry('taste = sour')
    .replace('service a', 'service {{ name }}')
    .replace('8080', '{{ http_port }}');
  const cwd = project(t, { 'a.j2': text });
  const { out } = await lint(cwd, '--template', 'jinja', 'a.j2');
  assert.match(out, /'\{\{ name \}\}' runs without it: it listens on tcp port \{\{ http_port \}\} of/);
  assert.doesNotMatch(out, /xxx/);
});

test('the databases of --etc decide about services and accounts', async (t) => {
  const cwd = project(t, {
    'etc/services': 'web 8080/tcp\n',
    'etc/passwd': 'root:x:0:0::/:/bin/sh\n',
    'etc/protocols': 'tcp 6\n',
    'a.conf': entry().replace('root', 'nosuch'),
    'b.conf': entry().replace('service a', 'service web').replace('\ttype = UNLISTED\n', ''),
  });
  assert.match(
    (await lint(cwd, '--etc', 'etc', 'a.conf')).out,
    /there is no user 'nosuch' on the machine.*\[correctness\/invalid-account\]/,
  );
  assert.doesNotMatch((await lint(cwd, '--etc', 'etc', 'b.conf')).out, /services-mismatch/);
  assert.match((await lint(cwd, 'b.conf')).out, /warning: 'web' is not in the standard services table/);
});

test('a snapshot of the machine is written, and read again', async (t) => {
  const cwd = project(t, { 'a.conf': entry().replace('/usr/libexec/web', '/no/such/program') });
  const io = fakeIo({ cwd });
  assert.equal(await main(['facts', 'a.conf'], io), 0);
  const facts = JSON.parse(io.out());
  assert.equal(facts.version, 1);
  assert.deepEqual(facts.paths['/no/such/program'], { kind: 'missing' });
  assert.deepEqual(Object.keys(facts.users[0]).sort(), ['gid', 'name', 'uid']);
  writeFileSync(join(cwd, 'host.json'), io.out());
  assert.match(
    (await lint(cwd, '--facts', 'host.json', 'a.conf')).out,
    /there is no '\/no\/such\/program' on the machine/,
  );
  assert.match(
    (await lint(cwd, '--facts', 'live', 'a.conf')).out,
    /there is no '\/no\/such\/program' on the machine/,
  );
  assert.doesNotMatch((await lint(cwd, 'a.conf')).out, /server-path/);
  writeFileSync(join(cwd, 'host.json'), '{}');
  assert.equal((await lint(cwd, '--facts', 'host.json', 'a.conf')).status, 2);
});

test('a snapshot holds what the C library finds in the databases, and the first line of a name wins', async (t) => {
  const cwd = project(t, {
    'etc/services': 'web 65557/tcp\nwide 4294967317/tcp\nweb 80/tcp\n',
    'etc/passwd': 'wide:x:4294967296:5:::\n+nis:x:5:5:::\n lead:x: 15:+16:::\nweb:x:5:5:::\nweb:x:0:0:::\n',
    'etc/group': '-nis:x:5:\nweb:x:5:\n',
    'etc/protocols': 'tcp +6\n',
    'a.conf': entry().replace('root', 'wide'),
    'b.conf': entry().replace('root', 'web'),
  });
  const io = fakeIo({ cwd });
  assert.equal(await main(['facts', '--etc', 'etc'], io), 0);
  const facts = JSON.parse(io.out());
  assert.deepEqual(facts.services[0], { name: 'web', port: 21, protocol: 'tcp' });
  assert.equal(facts.services.length, 2);
  assert.deepEqual(facts.protocols, [{ name: 'tcp', number: 6 }]);
  assert.deepEqual(facts.groups, [{ name: 'web', gid: 5 }]);
  assert.deepEqual(facts.users[0], { name: 'lead', uid: 15, gid: 16 });
  writeFileSync(join(cwd, 'host.json'), io.out());
  assert.match((await lint(cwd, '--facts', 'host.json', 'a.conf')).out, /there is no user 'wide'/);
  const host = hostOfFacts(facts);
  assert.equal(host.tables.servicePort('web', 'tcp'), 21);
  assert.equal(host.tables.user('web')?.uid, 5);
});

test('no snapshot is written without the files that it should know of', async (t) => {
  const io = fakeIo({ cwd: project(t, { 'a.conf': entry() }) });
  assert.equal(await main(['facts', 'a.conf', 'nofile'], io), 2);
  assert.equal(io.out(), '');
  assert.match(io.err(), /^nofile:1:1: error: cannot be read/);
});

test('findings can be counted out, and the status forced', async (t) => {
  const cwd = project(t, { 'a.conf': entry('colour = red', 'taste = sour') });
  const limited = await lint(cwd, '--max-findings', '1', 'a.conf');
  assert.equal(limited.out.split('\n').length, 2);
  assert.equal(limited.status, 1);
  assert.equal((await lint(cwd, '--exit-zero', 'a.conf')).status, 0);
});

test('which addresses a version listens on is no question where the version is given', async (t) => {
  const rule = ['--rule', 'portability/implicit-address-family=info'];
  const open = entry().replace('\tflags = IPv4\n', '');
  const cwd = project(t, {
    'a.conf': open,
    'b/xcfg.json': '{ "target": { "version": "2.3.15.3" } }',
    'b/a.conf': open,
  });
  assert.match((await lint(cwd, ...rule, 'a.conf')).out, /implicit-address-family/);
  assert.doesNotMatch((await lint(cwd, ...rule, 'b/a.conf')).out, /implicit-address-family/);
});

test('values that mean nothing are refused with their place', async (t) => {
  const cwd = project(t, { 'a.conf': entry() });
  const faultOf = async (configuration: string) => {
    writeFileSync(join(cwd, 'xcfg.json'), configuration);
    const { status, err } = await lint(cwd, 'a.conf');
    assert.equal(status, 2, configuration);
    return err;
  };
  for (const [configuration, fault] of [
    ['{ "templates": { "ignorePatterns": ["(("] } }', /:1:37: error: "\(\(" must be a regular expression/],
    [
      '{ "rules": { "security/run-as-root": ["error", { "allowRoot": "x" }] } }',
      /:1:\d+: error: "allowRoot" must be a list of texts/,
    ],
    [
      '{ "rules": { "security/umask-too-open": ["error", { "min": 12 }] } }',
      /:1:\d+: error: "min" must be a text/,
    ],
    [
      '{ "rules": { "security/secret-in-config": ["error", { "allow": ["(("] }] } }',
      /"allow" must be a list of regular expressions/,
    ],
    ['{ "target": { "version": "latest" } }', /:1:\d+: error: "latest" must be a version of xinetd/],
    ['{ "target": { "inetdDialect": "openbds" } }', /there is no dialect "openbds"; did you mean "openbsd"/],
    ['{ "facts": { "mode": "snapshot" } }', /:1:\d+: error: "facts" needs a "file"/],
  ] as const) {
    assert.match(await faultOf(configuration), fault);
  }
  writeFileSync(join(cwd, 'xcfg.json'), '{}');
  assert.match((await lint(cwd, '--dialect', 'plan9', 'a.conf')).err, /"--dialect" cannot be "plan9"/);
  assert.match(
    (await lint(cwd, '--rule', 'security/umask-too-open=error:{"min":2}', 'a.conf')).err,
    /"min" must be a text/,
  );
});

test('--print-config says what holds for a file, and where each value comes from', async (t) => {
  const cwd = project(t, {
    'xcfg.json': `{
      "extends": ["recommended", "./base.json"],
      "target": { "version": "2.3.15" },
      "overrides": [{ "files": ["b.conf"], "rules": { "style/*": "info" } }]
    }`,
    'base.json': '{ "rules": { "security/run-as-root": ["error", { "allowRoot": ["web"] }] } }',
    'a.conf': entry(),
    'b.conf': entry(),
  });
  const io = fakeIo({ cwd });
  const argv = ['lint', '--print-config', '--rule', 'security/no-logging=off', 'a.conf', 'b.conf'];
  assert.equal(await main(argv, io), 0);
  const [a, b] = JSON.parse(io.out()).files;
  assert.equal(a.path, 'a.conf');
  assert.deepEqual(a.sources, [join(cwd, 'base.json'), join(cwd, 'xcfg.json')]);
  assert.deepEqual(a.settings['target.version'], { value: '2.3.15', from: join(cwd, 'xcfg.json') });
  assert.deepEqual(a.settings['target.daemon'], { value: 'xinetd', from: 'default' });
  assert.deepEqual(a.rules['security/run-as-root'], {
    level: 'error',
    options: { allowRoot: ['web'] },
    from: join(cwd, 'base.json'),
  });
  assert.deepEqual(a.rules['security/no-logging'], { level: 'off', from: 'command line' });
  assert.deepEqual(a.rules['syntax/quoted-value'].from, 'preset recommended');
  assert.equal(a.rules['style/canonical-names'].level, 'off');
  assert.deepEqual(b.rules['style/canonical-names'], {
    level: 'info',
    from: `${join(cwd, 'xcfg.json')}, override for b.conf`,
  });
});

test('--template names a kind of template, or matches the placeholders', async (t) => {
  const cwd = project(t, {
    'a.erb': entry('colour = <%= @colour', '%>'),
    'a.j2': `{% if web %}\n${entry('colour = {{ colour }}')}{% endif %}\n`,
    'a.in': entry('@extra@ = 5', 'colour = red'),
    'a.my': entry('nice = $(NICE)'),
  });
  const rules = async (...argv: string[]) => (await lint(cwd, ...argv)).out.match(/(?<=\[)[a-z/-]+(?=\]$)/gm);
  const inIt = (rule: string) => ['security/run-as-root', `syntax/${rule}`];
  assert.deepEqual(await rules('--template', 'jinja', 'a.j2'), inIt('unknown-attribute'));
  assert.deepEqual(await rules('--template', 'autoconf', 'a.in'), inIt('unknown-attribute'));
  assert.deepEqual(await rules('--template', '\\$\\(\\w+\\)', 'a.my'), ['security/run-as-root']);
  assert.notEqual(await rules('a.my'), null);
  assert.match((await lint(cwd, '--template', 'mustache', 'a.my')).err, /"--template" cannot be "mustache"/);
  assert.match((await lint(cwd, '--template', '((', 'a.my')).err, /"--template" cannot be "\(\("/);
});

test('a placeholder hides what depends on it, and nothing else of its entry', async (t) => {
  const cwd = project(t, {
    'a.j2': entry()
      .replace('8080', '{{ web_port }}')
      .replace('wait = no', 'wait = {{ wait }}')
      .replace('instances = 20', 'instances = {{ n }}')
      .replace('type = UNLISTED', 'disable = {{ off }}\n\ttype = UNLISTED'),
    'b.j2': `${entry().replace('8080', '{{ one }}')}${entry().replace('service a', 'service b').replace('8080', '{{ two }}')}`,
  });
  const rules = async (file: string) =>
    (await lint(cwd, '--template', 'jinja', file)).out.match(/(?<=\[)[a-z/-]+(?=\]$)/gm);
  assert.deepEqual(await rules('a.j2'), ['security/run-as-root']);
  assert.deepEqual(await rules('b.j2'), ['security/run-as-root', 'security/run-as-root']);
});

test('--main counts for drop-ins that it includes on another machine', async (t) => {
  const cwd = project(t, {
    'xinetd.conf': 'defaults\n{\n\tlog_type = FILE /var/log/x\n}\nincludedir /etc/no-such/xinetd.d\n',
    'xinetd.d/a': entry().replace('\tonly_from = 192.0.2.0/24\n', ''),
    'strict.conf': 'defaults\n{\n\tonly_from = 192.0.2.0/24\n}\nincludedir /etc/no-such/xinetd.d\n',
  });
  const rules = async (...argv: string[]) =>
    (await lint(cwd, '--rule', 'security/run-as-root=off', ...argv)).out.match(/^.*(?<=\])$/gm);
  assert.match(
    String(await rules('--main', 'xinetd.conf', 'xinetd.d/a')),
    /^xinetd\.d\/a:.*no-access-control/,
  );
  assert.equal(await rules('--main', 'strict.conf', 'xinetd.d/a'), null);
});

test('a baseline knows its findings however files are named', async (t) => {
  const cwd = project(t, { 'd/a.conf': entry() });
  assert.equal((await lint(cwd, '--baseline', 'known.json', '--write-baseline', './d/a.conf')).status, 0);
  const known = /1 findings are in the baseline/;
  const count = async (from: string, ...argv: string[]) => {
    const io = fakeIo({ cwd: from });
    await main(['lint', ...argv], io);
    return io.out();
  };
  assert.match(await count(cwd, '--baseline', 'known.json', 'd/a.conf'), known);
  assert.match(await count(cwd, '--baseline', 'known.json', join(cwd, 'd/a.conf')), known);
  assert.match(await count(join(cwd, 'd'), '--baseline', '../known.json', 'a.conf'), known);
});

test('a root is the same however it is written, and no link leads out of it', async (t) => {
  const cwd = project(t, {
    'r/etc/xinetd.conf': 'includedir /etc/xinetd.d\n',
    'r/etc/real': entry(),
    outside: entry(),
    'r/etc/xinetd.d/b': entry().replace('service a', 'service b').replace('8080', '8081'),
  });
  symlinkSync('../../../../outside', join(cwd, 'r/etc/xinetd.d/a'));
  symlinkSync('/etc/real', join(cwd, 'r/etc/xinetd.d/c'));
  for (const root of ['r', './r', 'r/', join(cwd, 'r')]) {
    const { out } = await lint(cwd, '--root', root, '/etc/xinetd.conf', '/etc/xinetd.d');
    const places = out.match(/^[^:]+(?=:.*run-as-root)/gm);
    assert.deepEqual(places, ['/etc/xinetd.d/b', '/etc/xinetd.d/c'], root);
  }
  const inside = await lint(join(cwd, 'r'), '--root', '.', '/etc/xinetd.conf', '/etc/xinetd.d');
  assert.deepEqual(inside.out.match(/^[^:]+(?=:.*run-as-root)/gm), ['/etc/xinetd.d/b', '/etc/xinetd.d/c']);
});

test('databases that a folder lacks are not taken for empty ones', async (t) => {
  const cwd = project(t, { 'etc/services': 'web 8080/tcp\n', 'a.conf': entry() });
  const { out } = await lint(cwd, '--etc', 'etc', '--rule', 'security/run-as-root=off', 'a.conf');
  assert.equal(out, '');
});

test('hardening presets make errors of what a benchmark has an item for, and name it', async (t) => {
  const named = (name: string, port: string) =>
    entry().replace('service a', `service ${name}`).replace('8080', port).replace('root', 'nobody');
  const cwd = project(t, {
    'a.conf': `${named('telnet', '23')}${named('systat', '11')}`,
    'b.conf': `defaults\n{\n\tlog_type = SYSLOG authpriv\n}\n${named('web', '8080').replace('HOST PID', 'PID')}`,
  });
  const run = async (extended: readonly string[], file: string, ...argv: string[]) => {
    writeFileSync(join(cwd, 'xcfg.json'), JSON.stringify({ extends: ['recommended', ...extended] }));
    const { out } = await lint(cwd, ...argv, file);
    return out.split('\n').filter((line) => line.includes('[security/'));
  };
  for (const line of await run([], 'a.conf')) assert.doesNotMatch(line, /CIS|STIG|: error:/);
  const [telnet, systat] = await run(['hardening/cis'], 'a.conf');
  assert.match(telnet ?? '', /: error: 'telnet'.*\(CIS Ubuntu 16\.04 2\.1\.8\)/);
  assert.match(systat ?? '', /: warning: 'systat'(?!.*CIS)/);
  const [both] = await run(['hardening/cis', 'hardening/stig'], 'a.conf');
  assert.match(both ?? '', /\(CIS Ubuntu 16\.04 2\.1\.8, STIG RHEL-07-021710\)/);
  assert.match(String(await run(['hardening/stig'], 'b.conf')), /: error: .*\(STIG GEN003800\).*no-logging/);
  assert.match(String(await run(['hardening/cis'], 'b.conf')), /: warning: (?!.*STIG).*no-logging/);
  const milder = await run(['hardening/cis'], 'a.conf', '--rule', 'security/insecure-service=info');
  assert.match(milder[0] ?? '', /: info: 'telnet'.*\(CIS/);
});

test('a pattern and a folder of which all files are passed over are nothing to lint, and no mistake', async (t) => {
  const cwd = project(t, { 'd/a': entry('colour = red'), '.xcfgignore': 'd\n' });
  for (const word of ['d', 'd/*']) assert.deepEqual(await lint(cwd, word), { status: 0, out: '', err: '' });
  assert.equal((await lint(cwd, 'e/*')).status, 2);
});

test('what is no baseline and no file of patterns is named', async (t) => {
  const cwd = temporaryFolder(t);
  mkdirSync(join(cwd, 'd'));
  writeFileSync(join(cwd, 'a.conf'), '');
  writeFileSync(join(cwd, 'null.json'), 'null\n');
  const said = async (...words: readonly string[]) => {
    const io = fakeIo({ cwd });
    assert.equal(await main(['lint', ...words, 'a.conf'], io), 2);
    return io.err();
  };
  assert.match(await said('--baseline', 'null.json'), /null\.json: not a baseline/);
  assert.match(await said('--baseline', 'd'), /^xcfg: d: /);
  assert.match(await said('--ignore-path', 'd'), /^xcfg: d: /);
});

test('a folder with the name of a configuration file is none', async (t) => {
  const cwd = temporaryFolder(t);
  mkdirSync(join(cwd, 'xcfg.json'));
  mkdirSync(join(cwd, 'package.json'));
  writeFileSync(join(cwd, 'a.conf'), '');
  assert.equal((await lint(cwd, 'a.conf')).status, 0);
});

test('what --diff shows has not been made, and is not left out of a baseline', async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'a.conf'), '');
  assert.equal((await lint(cwd, '--baseline', 'b.json', '--write-baseline', '--diff', 'a.conf')).status, 2);
});

test('--max-warnings takes no number below 0', async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'a.conf'), '');
  assert.equal((await lint(cwd, '--max-warnings=-1', 'a.conf')).status, 2);
  assert.equal((await lint(cwd, '--max-warnings=0', 'a.conf')).status, 0);
});

test('nothing is said of what a main file reads that cannot be read', async (t) => {
  const cwd = project(t, { 'd/a': entry('colour = red'), 'd/b': entry('colour = red') });
  const { status, out } = await lint(cwd, '--main', 'missing.conf', 'd/a', 'd/b');
  assert.equal(status, 2);
  assert.match(out, /^missing\.conf:1:1: error: cannot be read: .*\n$/);
});

test('with --main standard input is a part of it, and comes out fixed', async (t) => {
  const text = 'defaults\n{\n\tonly_from = 192.0.2.0/24\n}\nincludedir d\n';
  const cwd = project(t, { 'main.conf': text, 'd/a': '' });
  const open = entry('no_acces = 192.0.2.1').replace('\tonly_from = 192.0.2.0/24\n', '');
  const options = ['--main', 'main.conf', '--rule', 'security/run-as-root=off'];
  for (const words of [[], ['-'], ['-', '--stdin-filename', 'd/a']]) {
    const linted = fakeIo({ cwd, input: open });
    assert.equal(await main(['lint', '-f', 'compact', ...options, ...words], linted), 1);
    assert.match(linted.out(), /^[^\n]* unknown attribute 'no_acces'[^\n]*\n$/);
    const fixed = fakeIo({ cwd, input: open });
    assert.equal(await main(['lint', '--fix', '-f', 'compact', ...options, ...words], fixed), 0);
    assert.equal(fixed.out(), open.replace('no_acces', 'no_access'));
    assert.equal(fixed.err(), '');
  }
});
