import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { main } from '../../../src/commands/main.ts';
import { convertCases } from '../../support/convert-cases.ts';
import { fakeIo } from '../../support/fake-io.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const analyze = 'systemd-analyze';
const found = spawnSync(analyze, ['--version'], { encoding: 'utf8' });
const release = Number(/^systemd (\d+)/.exec(found.stdout ?? '')?.[1]);
const skip = Number.isNaN(release) && `no ${analyze} here`;

/** The one thing that systemd may say: it minds the user nobody, and the report has said so. */
const remark = /^.*: Special user nobody configured, this is not safe!\n/gm;

/** Units that the conversion wrote into `units`; exit 0 is not enough, most faults are only messages. */
function assertVerified(folder: string, names: readonly string[]): void {
  const files = names.map((name) => join(folder, name));
  const { status, stdout, stderr } = spawnSync(analyze, ['verify', ...files], {
    encoding: 'utf8',
    cwd: folder,
  });
  assert.equal((stdout + stderr).replaceAll(remark, ''), '');
  assert.equal(status, 0);
}

async function unitsOf(t: TestContext, name: string, text: string | Buffer, options: readonly string[] = []) {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, name), text);
  const io = fakeIo({ cwd: folder });
  await main(
    ['convert', name, '--to=systemd', '--out-dir=units', `--systemd-version=${release}`, ...options],
    io,
  );
  const names = io
    .out()
    .split('\n')
    .filter((line) => line !== '');
  return { folder, names, report: io.err() };
}

for (const each of convertCases().filter(({ kind }) => kind === 'to-systemd')) {
  test(`systemd has nothing to say to the units of ${each.name}`, { skip }, async (t) => {
    const { folder, names } = await unitsOf(t, each.inputName, each.input);
    if (names.length > 0) assertVerified(folder, names);
  });
}

const everything = `service web
{
	type            = UNLISTED
	port            = 8080
	socket_type     = stream
	wait            = no
	user            = daemon
	redirect        = 2001:db8::1 80
}
service ftp
{
	id              = ftp 100% \\
	socket_type     = stream
	wait            = no
	user            = daemon
	server          = /usr/sbin/50%$x
	server_args     = %n $HOME \${X} 'x y' ; \\ "q" \\x41 -- caf\u00e9 = #
	env             = A=1 B="x" C=%d$e\\ D='
	passenv         = PATH HOME
	banner          = /etc/100%
	banner_success  = /etc/$b
	only_from       = 10.0.0.0/8 ::/0 192.168.1.0/24 172.16.{1,2,9}
	no_access       = 10.1.0.0/16 192.168.1.77 2001:db8::/32
	nice            = -30
	umask           = 077
	rlimit_cpu      = 10
	rlimit_files    = 4k
	rlimit_as       = UNLIMITED
	log_type        = SYSLOG authpriv debug
	per_source      = 3
	cps             = 10 20
	flags           = KEEPALIVE NODELAY LABELED
}
service telnet
{
	id              = telnet-::1
	socket_type     = stream
	wait            = yes
	user            = 1234
	group           = 5
	server          = /usr/sbin/x
	bind            = fe80::1%lo
}
service tftp
{
	socket_type     = dgram
	wait            = yes
	user            = root
	server          = /usr/sbin/x
	only_from       =
}
`;

for (const options of [[], ['--stderr=journal', '--prefix=my-', '--tcpd']]) {
  test(`systemd has nothing to say to units with all settings ${options.join(' ')}`, { skip }, async (t) => {
    const { folder, names, report } = await unitsOf(t, 'all.xinetd', everything, options);
    assert.equal(names.length, 8, report);
    assertVerified(folder, names);
  });
}

test('nor to those of sockets that only inetd.conf has', { skip }, async (t) => {
  const lines = [
    ':root:daemon:660:/run/a.sock stream unix nowait root /usr/sbin/x x "two words" "" 50%',
    '/run/100%/b.sock dgram unix wait root /usr/sbin/x x $a',
    'ftp stream tcp46,sndbuf=64k,rcvbuf=1m nowait/5/0/2 daemon:daemon /usr/sbin/x x',
    'echo stream tcp nowait root internal',
    'daytime stream tcp nowait root internal',
  ];
  const options = ['--dialect=freebsd', '--emulate-internal'];
  const { folder, names, report } = await unitsOf(t, 'bsd.inetd', `${lines.join('\n')}\n`, options);
  assert.equal(names.length, 10, report);
  assertVerified(folder, names);
});
