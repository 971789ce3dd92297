import assert from 'node:assert/strict';
import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { main } from '../../src/commands/main.ts';
import { fakeIo } from '../support/fake-io.ts';
import { oracleFolder } from '../support/oracle-host.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const etc = path.join(oracleFolder, 'etc');

const text = `defaults
{
	no_access = 192.0.2.66
}
service echo
{
	type = UNLISTED
	port = 20007
	socket_type = stream
	wait = no
	user = root
	server = /bin/sh
	only_from = 192.0.2.0/24 198.51.100.9
	access_times = 08:00-18:00
	instances = 5
	flags = NOLIBWRAP
}
service discard
{
	id = mapped
	type = UNLISTED
	port = 20008
	socket_type = stream
	wait = no
	user = root
	server = /bin/sh
	only_from = 10.0.0.0
}
service daytime
{
	type = INTERNAL UNLISTED
	port = 20009
	socket_type = stream
	wait = no
	only_from = .example.org
	access_times = 08:00-18:00
	flags = NOLIBWRAP
}
service lost
{
	wait = maybe
}
`;

async function access(...words: readonly string[]) {
  const io = fakeIo({ input: text });
  const status = await main(['access', ...words, '--etc', etc, '--json', '-'], io);
  return { status, ...(status === 2 ? { error: io.err() } : JSON.parse(io.out())) };
}

test('lets in, step by step in the order of serve', async () => {
  const { status, services } = await access('echo', '--from', '192.0.2.7', '--at', '09:30');
  assert.equal(status, 0);
  assert.equal(services[0].verdict, 'allowed');
  assert.deepEqual(
    services[0].steps.map(({ check, outcome, line }: Record<string, unknown>) => [check, outcome, line]),
    [
      ['socket', 'passes', 16],
      ['address', 'passes', 13],
      ['access_times', 'passes', 14],
      ['cps', 'depends', null],
      ['instances', 'depends', 15],
    ],
  );
});

test('refuses with the line that decides, and stops there', async () => {
  const { status, services } = await access('echo', '--from', '192.0.2.66', '--at', '09:30');
  assert.equal(status, 1);
  const last = services[0].steps.at(-1);
  assert.deepEqual(
    [services[0].verdict, last.check, last.line, last.reason],
    [
      'refused',
      'address',
      3,
      'no_access 192.0.2.66 fits 192.0.2.66, and only_from 192.0.2.0/24 does not fit better',
    ],
  );
  const late = await access('echo', '--from', '192.0.2.7', '--at', '18:01');
  assert.equal(late.services[0].steps.at(-1).reason, '18:01 is outside of 08:00-18:00');
});

test('says what it would need to know', async () => {
  const ask = async (...words: readonly string[]) => {
    const { services } = await access('daytime', '--profile', 'xinetd-2.3.15.3', ...words);
    return services[0].verdict;
  };
  const from = ['--from', '2001:db8::1'];
  const name = ['--host', 'www.example.org'];
  assert.equal(await ask(...from, '--at', '09:30'), 'unknown');
  assert.equal(await ask(...from, '--at', '09:30', ...name), 'allowed');
  assert.equal(await ask(...from, ...name), 'unknown');
  const titleOf = async (...words: readonly string[]) => {
    const io = fakeIo({ input: text });
    await main(['access', 'daytime', '--profile', 'xinetd-2.3.15.3', ...words, '--etc', etc, '-'], io);
    return io.out().split('\n')[0];
  };
  const open = 'gets in or not: nobody can say without';
  assert.equal(await titleOf(...from), `daytime: 2001:db8::1 ${open} --at HH:MM and --host NAME`);
  assert.equal(await titleOf(...from, '--at', '09:30'), `daytime: 2001:db8::1 ${open} --host NAME`);
  assert.equal(await titleOf(...from, ...name), `daytime: www.example.org ${open} --at HH:MM`);
});

test('what serve does not start lets nobody in, as its --check says', async () => {
  const { services } = await access('daytime', '--from', '2001:db8::1', '--at', '09:30');
  assert.equal(services[0].verdict, 'refused');
  assert.deepEqual(
    services[0].steps.map(({ check, reason, line }: Record<string, unknown>) => [check, reason, line]),
    [
      ['socket', 'it does not run: only_from: clients cannot be checked by host or domain name yet', 35],
      ['socket', 'it does not run: type: built-in services are not supported yet', 31],
    ],
  );
});

test('a daemon that does not run refuses everybody, with the reason and its line', async () => {
  const ask = async (input: string, ...words: readonly string[]) => {
    const io = fakeIo({ input });
    const profile = ['--profile', 'xinetd-2.3.15.3'];
    const from = ['--from', '192.0.2.7'];
    const status = await main(['access', ...words, ...profile, ...from, '--etc', etc, '--json', '-'], io);
    const [{ id, verdict, steps }] = JSON.parse(io.out()).services;
    const reasons = steps.map(({ reason, line }: Record<string, unknown>) => [reason, line]);
    return { status, id, verdict, reasons };
  };
  const fatal = 'defaults\n{\n\tinstances = many\n}\n';
  const end = 'A fatal error was encountered while parsing the default section. xinetd will exit.';
  assert.deepEqual(await ask(text.replace('defaults\n{', 'defaults\n{\n\tinstances = many'), 'echo'), {
    status: 1,
    id: 'echo',
    verdict: 'refused',
    reasons: [[`it does not run: ${end}`, 3]],
  });
  assert.deepEqual(await ask(text.replace(/^defaults\n\{[^}]*\}\n/, '') + fatal, 'mapped'), {
    status: 1,
    id: 'mapped',
    verdict: 'refused',
    reasons: [
      ['it does not run: Number of instances is invalid: many', 41],
      [`it does not run: ${end}`, 41],
    ],
  });
  const mux =
    'service one\n{\n\ttype = TCPMUX UNLISTED\n\tsocket_type = stream\n\tprotocol = tcp\n\twait = no\n\tuser = root\n\tserver = /bin/sh\n}\n';
  assert.deepEqual(await ask(mux, 'one'), {
    status: 1,
    id: 'one',
    verdict: 'refused',
    reasons: [['it does not run: no services. Exiting...', 1]],
  });
  const crash = `${mux.replace('\tprotocol = tcp\n', '').replace('\tsocket_type = stream\n', '').replace('one', 'two')}`;
  assert.deepEqual(await ask(mux + crash, 'one'), {
    status: 1,
    id: 'one',
    verdict: 'refused',
    reasons: [['it does not run: Received 10 signals in 1 seconds. Exiting...', 10]],
  });
});

test('IPv4 clients get in with plain and with mapped addresses', async () => {
  for (const from of ['10.1.2.3', '::ffff:10.1.2.3']) {
    assert.equal((await access('mapped', '--from', from)).services[0].verdict, 'allowed', from);
  }
});

test('an entry that does not run lets nobody in; an unknown one is a mistake', async () => {
  const { status, services } = await access('lost', '--from', '10.1.2.3');
  assert.equal(status, 1);
  assert.deepEqual(
    services[0].steps.map(({ reason, line }: Record<string, unknown>) => [reason, line]),
    [['it does not run: Bad value for wait: maybe', 41]],
  );
  assert.equal((await access('ecko', '--from', '10.1.2.3')).status, 2);
  assert.match((await access('ecko', '--from', '10.1.2.3')).error, /did you mean 'echo'/);
  assert.equal((await access('echo', '--from', 'somebody')).status, 2);
  assert.equal((await access('echo', '--from', '::1', '--at', '24:00')).status, 2);
});

test('the text for people', async () => {
  const io = fakeIo({ input: text });
  await main(['access', 'echo', '--from', '192.0.2.66', '--etc', etc, '-'], io);
  assert.match(io.out(), /^echo: 192\.0\.2\.66 is refused\n {2}passes {3}socket /);
  assert.match(io.out(), /\(-:3\)\n$/);
});

test('what the other reading says is named where it decides otherwise', async (t) => {
  const folder = temporaryFolder(t);
  const file = path.join(folder, 'x.conf');
  writeFileSync(
    file,
    'service off\n{\n\ttype = UNLISTED\n\tport = 20009\n\tsocket_type = stream\n\twait = no\n\tuser = root\n\tserver = /bin/sh\n\tdisable = yes # old\n}\n',
  );
  const ask = async (...words: readonly string[]) => {
    const io = fakeIo({});
    await main(['access', 'off', '--from', '192.0.2.1', '--etc', etc, ...words, file], io);
    return io.out();
  };
  assert.match(
    await ask(),
    /^off: 192\.0\.2\.1 is refused\n.*it is switched off: disable = yes \(.*x\.conf:9\)\n\nRead as xinetd-2\.3\.15\.3, off lets this client in; --profile xinetd-2\.3\.15\.3 says why\n$/,
  );
  assert.match(await ask('--profile', 'xinetd-2.3.15.3'), /\nRead as serve, off refuses this client; /);
});

test('rules of libwrap leave the answer open to xinetd, and serve does not start what they are for', async (t) => {
  const folder = temporaryFolder(t);
  cpSync(etc, folder, { recursive: true });
  const entry =
    'service one\n{\n\ttype = UNLISTED\n\tport = 20001\n\tsocket_type = stream\n\twait = no\n\tuser = root\n\tserver = /bin/sh\n}\n';
  const io = () => fakeIo({ input: entry });
  const ask = ['access', 'one', '--from', '192.0.2.7', '--etc', folder, '-'];
  const askXinetd = [...ask, '--profile', 'xinetd-2.3.15.3'];
  writeFileSync(path.join(folder, 'hosts.deny'), '# nothing\n');
  assert.equal(await main(ask, io()), 0);
  assert.equal(await main(askXinetd, io()), 0);
  writeFileSync(path.join(folder, 'hosts.deny'), 'ALL: ALL\n');
  const open = io();
  assert.equal(await main(askXinetd, open), 1);
  assert.match(open.out(), /nobody can say[\s\S]*depends +libwrap/);
  const closed = io();
  assert.equal(await main(ask, closed), 1);
  assert.match(closed.out(), /is refused[\s\S]*hosts\.allow or hosts\.deny hold rules/);
});

test('--input-format says what the file is; --from is where the client comes from', async () => {
  const ask = async (...words: readonly string[]) => {
    const io = fakeIo({ input: '7000 stream tcp nowait root /bin/cat\n}\n}\n' });
    return await main(['access', '7000', '--from', '192.0.2.7', '--etc', etc, ...words, '-'], io);
  };
  assert.equal(await ask(), 2);
  assert.equal(await ask('--input-format', 'inetd'), 0);
  assert.equal(await ask('--input-format', 'inetd', '--profile', 'xinetd-2.3.15.3'), 2);
});

test('a service that is not there: the nearest id, or those that there are', async () => {
  const errorOf = async (name: string, input: string) => {
    const io = fakeIo({ input });
    assert.equal(await main(['access', name, '--from', '192.0.2.7', '--etc', etc, '-'], io), 2);
    return io.err();
  };
  assert.equal(await errorOf('ecko', text), "xcfg: there is no service 'ecko'\nxcfg: did you mean 'echo'?\n");
  assert.match(
    await errorOf('nosuch', text),
    /^xcfg: there is no service 'nosuch'\nxcfg: known ids: echo, mapped, daytime, /,
  );
  const one = (id: number) => `service n${id}x\n{\n\tdisable = yes\n}\n`;
  assert.match(
    await errorOf('nosuchservice', Array.from({ length: 13 }, (_, id) => one(id)).join('')),
    /name the id of an entry; "xcfg effective" shows all 13\n$/,
  );
  assert.match(await errorOf('nosuch', '# nothing\n'), /the configuration names none\n$/);
});
