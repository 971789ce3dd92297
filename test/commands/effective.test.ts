import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { main } from '../../src/commands/main.ts';
import { resolve } from '../../src/model/resolve.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { fakeIo } from '../support/fake-io.ts';
import { oracleFiles, oracleFolder, oracleTables } from '../support/oracle-host.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const etc = path.join(oracleFolder, 'etc');

const text = `defaults
{
	only_from = 192.0.2.0/24
	instances = 3
}
service echo
{
	type = INTERNAL UNLISTED
	id = my-echo
	port = 20007
	bind = 127.0.0.1
	socket_type = stream
	wait = no
	only_from += 127.0.0.1
	rlimit_cpu = 20
	access_times = 8:00-18:00
	log_type = SYSLOG daemon
}
service lost
{
	wait = maybe
}
service off
{
	disable = yes
}
`;

test('--from decides what the file is where its text says something else, --dialect how it is meant', async () => {
  // A line in the words of xinetd.conf, and an entry for a service with the name of a section.
  const odd = 'service stream tcp4 nowait root /bin/cat\n';
  const services = async (...words: readonly string[]) => {
    const io = fakeIo({ input: `${odd}7000 stream tcp nowait root /bin/cat\n}\n}\n}\n` });
    await main(['effective', '--json', '--etc', etc, ...words, '-'], io);
    return JSON.parse(io.out()).services.map(({ id, flags }: Record<string, unknown>) => [id, flags]);
  };
  assert.deepEqual(await services(), []);
  assert.deepEqual(await services('--from', 'xinetd'), []);
  const [, tcp] = [null, ...(await services('--from', 'inetd'))];
  assert.equal(tcp[0], '7000');
  assert.notDeepEqual(
    await services('--from', 'inetd', '--dialect', 'gnu'),
    await services('--from', 'inetd'),
  );
});

test('an entry may have more words than a call takes arguments', async () => {
  const line = `7000 stream tcp nowait root /bin/cat cat${' word'.repeat(200_000)}\n`;
  const io = fakeIo({ input: line });
  assert.equal(await main(['effective', '--from', 'inetd', '--etc', etc, '-'], io), 0);
  assert.match(io.out(), /server_args\s+= cat word word/);
});

test('the daemon reads no inetd.conf as its own, and nobody knows the dialect of Plan 9', async () => {
  for (const [words, message] of [
    [
      ['--from', 'inetd', '--profile', 'xinetd-2.3.15.3'],
      /--from inetd: xinetd-2.3.15.3 reads no inetd.conf/,
    ],
    [['--dialect', 'plan9'], /option "--dialect" cannot be "plan9"/],
  ] as const) {
    const io = fakeIo({ input: '' });
    assert.equal(await main(['effective', ...words, '-'], io), 2);
    assert.match(io.err(), message);
  }
});

test('an include that cannot be read, a loop and a chain without end are errors with their place', async (t) => {
  const cwd = temporaryFolder(t);
  const one = 'service one\n{\n\tdisable = no\n}\n';
  for (let at = 0; at < 2000; at += 1) writeFileSync(path.join(cwd, `${at}`), `include ${at + 1}\n${one}`);
  writeFileSync(path.join(cwd, '2000'), one);
  for (const [text, message] of [
    [
      'include gone\n',
      'main:1: error: Unable to open included configuration file: gone: there is no such file; create it, or remove what names it',
    ],
    ['include ./main\n', 'main:1: error: ./main includes itself'],
    ['.include "./main"\n', 'main:1: error: ./main includes itself'],
    ['.include "m*"\n', 'main:1: error: main includes itself'],
  ] as const) {
    writeFileSync(path.join(cwd, 'main'), text);
    const io = fakeIo({ cwd });
    assert.equal(await main(['effective', '--etc', etc, 'main'], io), 1);
    assert.equal(io.err().split('\n')[0], message);
  }
  const io = fakeIo({ cwd });
  assert.equal(await main(['effective', '--etc', etc, '0'], io), 1);
  assert.match(
    io.err(),
    /^100:1: error: 101 is not read: files include each other more than 100 levels deep$/m,
  );
  assert.match(io.out(), /^# +100:1: 101 is not read, and may hold restrictions$/m);
});

test('the JSON document has the shapes of the contract', async () => {
  const io = fakeIo({ input: text });
  assert.equal(await main(['effective', '--json', '--etc', etc, '-'], io), 1);
  const document = JSON.parse(io.out());
  const { version, profile, accepted, exitCode, services, dropped, diagnostics } = document;
  assert.deepEqual([version, profile, accepted, exitCode], [1, 'serve', true, null]);
  const [echo] = services;
  const { origin, ...values } = echo;
  assert.deepEqual(
    {
      id: values.id,
      name: values.name,
      state: values.state,
      port: values.port,
      protocol: values.protocol,
      socketType: values.socketType,
      wait: values.wait,
      type: values.type,
      flags: values.flags,
      instances: values.instances,
      perSource: values.perSource,
      cps: values.cps,
      onlyFrom: values.onlyFrom,
      noAccess: values.noAccess,
      accessTimes: values.accessTimes,
      logType: values.logType,
      cpu: values.rlimits.cpu,
    },
    {
      id: 'my-echo',
      name: 'echo',
      state: 'active',
      port: 20007,
      protocol: 'tcp',
      socketType: 'stream',
      wait: false,
      type: ['INTERNAL', 'UNLISTED'],
      flags: ['IPv4'],
      instances: 3,
      perSource: null,
      cps: [50, 10],
      onlyFrom: ['192.0.2.0/24', '127.0.0.1'],
      noAccess: null,
      accessTimes: ['08:00-18:00'],
      logType: { kind: 'syslog', facility: 'daemon', level: 'info' },
      cpu: 20,
    },
  );
  assert.deepEqual(origin.port, { from: 'entry', file: '-', line: 10 });
  assert.deepEqual(origin.instances, { from: 'defaults', file: '-', line: 4 });
  assert.deepEqual(origin.only_from, {
    from: 'entry',
    file: '-',
    line: 14,
    note: 'added by +=',
    earlier: [{ from: 'defaults', file: '-', line: 3 }],
  });
  assert.deepEqual(
    dropped.map(({ cause, name, ...rest }: Record<string, unknown>) => rest),
    [
      {
        id: 'lost',
        file: '-',
        line: 19,
        switchedOff: null,
        reasons: [
          {
            severity: 'ERROR',
            code: 'bad-value-wait',
            message: 'Bad value for wait: maybe',
            file: '-',
            line: 21,
          },
        ],
      },
      {
        id: 'off',
        file: '-',
        line: 23,
        switchedOff: { by: 'disable = yes', file: '-', line: 25 },
        reasons: [],
      },
    ],
  );
  assert.equal(diagnostics.length, 1);
});

test('the text says with what an entry is switched off', async () => {
  const io = fakeIo({ input: text });
  await main(['effective', '--etc', etc, '-'], io);
  assert.match(io.out(), /^# -:23: off is switched off\n# {3}-:25: disable = yes\n/m);
});

test('exit status: fine, entries lost, unreadable', async () => {
  const fine =
    'service echo\n{\n\ttype = INTERNAL UNLISTED\n\tport = 20007\n\tsocket_type = stream\n\twait = no\n}\n';
  assert.equal(await main(['effective', '--etc', etc, '-'], fakeIo({ input: fine })), 0);
  assert.equal(await main(['effective', '--etc', etc, '-'], fakeIo({ input: text })), 1);
  assert.equal(await main(['effective', '/nowhere/xinetd.conf'], fakeIo()), 2);
  assert.equal(await main(['effective', '--etc', '/nowhere', '-'], fakeIo({ input: fine })), 2);
});

test('a daemon that ends by itself: what is lost with it, and why', async () => {
  const input =
    'service echo\n{\n\ttype = INTERNAL UNLISTED\n\tport = 20007\n\tsocket_type = stream\n\twait = no\n}\ndefaults\n{\n\tinstances = many\n}\n';
  const words = ['effective', '--profile', 'xinetd-2.3.15.3', '--etc', etc];
  const json = fakeIo({ input });
  assert.equal(await main([...words, '--json', '-'], json), 1);
  const { accepted, exitCode, dropped } = JSON.parse(json.out());
  assert.deepEqual([accepted, exitCode, dropped.length], [false, 0, 1]);
  const [{ id, line, cause, reasons }] = dropped;
  assert.deepEqual([id, line, cause], ['echo', 1, 'fault']);
  assert.deepEqual(
    reasons.map(({ code }: { code: string }) => code),
    ['bad-instances', 'fatal-defaults'],
  );
  const text = fakeIo({ input });
  assert.equal(await main([...words, '-'], text), 1);
  assert.equal(
    text.out(),
    `# nothing runs: the daemon ends with status 0: A fatal error was encountered while parsing the default section. xinetd will exit.

# -:1: echo does not run
#   -:10: Number of instances is invalid: many
#   A fatal error was encountered while parsing the default section. xinetd will exit.
`,
  );
});

test('what was read before a crash in inetd.conf is lost with it', () => {
  const { dropped, exitCode } = resolve(
    new SourceText(
      'main.conf',
      'service echo\n{\n\ttype = INTERNAL UNLISTED\n\tport = 20007\n\tsocket_type = stream\n\twait = no\n}\n',
    ),
    {
      profile: 'xinetd-2.3.15.3',
      tables: oracleTables(),
      files: oracleFiles,
      inetdCompat: new SourceText('/etc/inetd.conf', 'ftp stream\n'),
    },
  );
  assert.equal(exitCode, 1);
  assert.deepEqual(
    dropped.map(({ id, reasons: [reason] }) => [id, reason?.code, reason?.location?.source.path]),
    [['echo', 'crash', '/etc/inetd.conf']],
  );
});

test('a folder stands for a configuration that includes its files', async () => {
  const io = fakeIo({ cwd: oracleFolder });
  await main(['effective', '--json', '--etc', 'etc', 'inc/good/'], io);
  const { services, dropped } = JSON.parse(io.out());
  assert.ok([...services, ...dropped].length > 0);
});

test('absolute names lead below --root', async () => {
  const io = fakeIo();
  assert.equal(await main(['effective', '--json', '--root', oracleFolder, '/inc/good'], io), 1);
  const { dropped } = JSON.parse(io.out());
  assert.match(dropped[0].reasons[0].message, /^Server \/bin\/cat is not executable/);
});

test('values keep the bytes of their files, in text; JSON says how to read them', async () => {
  const head =
    'service one\n{\n\ttype = UNLISTED\n\tport = 20007\n\tsocket_type = stream\n\twait = no\n\tuser = root\n\tserver = /bin/sh\n';
  const input = Buffer.from(`${head}\tserver_args = caf\xe9 \xc3\xa9\n}\n`, 'latin1');
  const text = fakeIo({ input });
  assert.equal(await main(['effective', '--etc', etc, '-'], text), 0);
  assert.match(text.outBytes().toString('latin1'), /server_args {5}= caf\xe9 \xc3\xa9\n/);
  const json = fakeIo({ input });
  assert.equal(await main(['effective', '--json', '--etc', etc, '-'], json), 0);
  const [{ argv, encoding }] = JSON.parse(json.out()).services;
  assert.deepEqual([argv, encoding], [['sh', 'caf\u00e9', '\u00c3\u00a9'], 'latin1']);
});

test('numbers of 64 bits keep all their digits', async () => {
  const input =
    'service echo\n{\n\ttype = INTERNAL UNLISTED\n\tport = 20007\n\tsocket_type = stream\n\twait = no\n\trlimit_as = 18446744073709551613\n}\n';
  const words = ['effective', '--profile', 'xinetd-2.3.15.3', '--etc', etc];
  const text = fakeIo({ input });
  assert.equal(await main([...words, '-'], text), 0);
  assert.match(text.out(), /rlimit_as {7}= 18446744073709551613\n/);
  const json = fakeIo({ input });
  assert.equal(await main([...words, '--json', '-'], json), 0);
  assert.match(json.out(), /"as": 18446744073709551613,/);
});

test('what a line of inetd.conf has and xinetd.conf has not is said', async () => {
  const line = 'ftp stream tcp,sndbuf=8k,rcvbuf=9k nowait/3/4/5 root /bin/sh sh "a b" ""\n';
  const local = '/run/x stream unix nowait root /bin/sh sh\n';
  const out = async (input: string) => {
    const io = fakeIo({ input });
    await main(['effective', '--etc', etc, '-'], io);
    return io.out();
  };
  const notes = (text: string) => [...text.matchAll(/# no attribute for: (.*)/g)].map(([, what]) => what);
  assert.deepEqual(notes(await out(line)), [
    '256 starts in a minute',
    '4 starts in a minute for one address',
    '3 servers before clients wait',
    '8192 bytes of send buffer',
    '9216 bytes of receive buffer',
    'the blanks or quotes of argument 1, "a b"',
    'the blanks or quotes of argument 2, ""',
  ]);
  assert.match(await out(local), /# -:1: \/run\/x listens on a UNIX socket, which xinetd\.conf cannot say/);
});
