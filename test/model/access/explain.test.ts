import assert from 'node:assert/strict';
import { test } from 'node:test';
import { profileNames } from '../../../src/catalog/profiles.ts';
import { clientAddress } from '../../../src/model/access/client-address.ts';
import { explainAccess } from '../../../src/model/access/explain.ts';
import { quirksOf } from '../../../src/model/profiles.ts';
import { oracleFiles, oracleTables } from '../../support/oracle-host.ts';
import { resolveText, serviceOf } from '../../support/resolve-text.ts';

const tables = oracleTables();
/** tcpd is there. */
const files = {
  ...oracleFiles,
  isExecutable: (name: string) => name === '/usr/sbin/tcpd' || oracleFiles.isExecutable(name),
};

type Profile = (typeof profileNames)[number];

function ask(text: string, id: string, from: string, profile: Profile, hasLibwrapRules = false) {
  const client = clientAddress(from);
  assert.ok(client !== undefined);
  const configuration = resolveText(text, { profile, files });
  const question = { client, address: from, host: undefined, minute: 600, hasLibwrapRules };
  const { services } = configuration;
  return explainAccess(serviceOf(configuration, id), question, {
    quirks: quirksOf(profile),
    tables,
    services,
  });
}

function entry(name: string, ...lines: readonly string[]): string {
  const keys = new Set(lines.map((line) => line.split(' ')[0]));
  const basic = [
    'type = UNLISTED',
    'port = 20001',
    'socket_type = stream',
    'protocol = tcp',
    'wait = no',
    'user = root',
    'server = /bin/cat',
  ].filter((line) => !keys.has(line.split(' ')[0] ?? ''));
  return `service ${name}\n{\n${[...basic, ...lines].map((line) => `\t${line}\n`).join('')}}\n`;
}

/** Who reaches a socket: IPv4 and IPv6 clients, as seen with the real xinetd. */
function reached(profile: Profile, ...lines: readonly string[]): readonly boolean[] {
  return ['192.0.2.7', '2001:db8::7'].map(
    (from) => ask(entry('one', ...lines), 'one', from, profile).verdict === 'allowed',
  );
}

test('the families that a socket takes', () => {
  const dual = [true, true];
  const four = [true, false];
  const six = [false, true];
  for (const profile of profileNames) {
    assert.deepEqual(reached(profile), dual);
    assert.deepEqual(reached(profile, 'bind = ::'), dual);
    assert.deepEqual(reached(profile, 'bind = ::', 'v6only = yes'), six);
    assert.deepEqual(reached(profile, 'v6only = yes'), six);
    assert.deepEqual(reached(profile, 'bind = ::1'), six);
    assert.deepEqual(reached(profile, 'bind = 0.0.0.0'), four);
    assert.deepEqual(reached(profile, 'flags = IPv4'), four);
    assert.deepEqual(reached(profile, 'bind = ::ffff:127.0.0.1'), four);
    assert.deepEqual(reached(profile, 'bind = 0:0:0:0:0:ffff:7f00:1'), four);
  }
});

test('to xinetd a family wins over a bind address that does not fit', () => {
  const profile = 'xinetd-2.3.15.3';
  assert.deepEqual(reached(profile, 'bind = 127.0.0.1', 'flags = IPv6'), [true, true]);
  assert.deepEqual(reached(profile, 'bind = ::1', 'flags = IPv4'), [true, false]);
  const { steps } = ask(entry('one', 'bind = 127.0.0.1', 'flags = IPv6'), 'one', '192.0.2.7', profile);
  assert.equal(
    steps[0]?.reason,
    'it listens on all addresses (IPv6 and bind 127.0.0.1 do not fit), IPv6 and IPv4',
  );
});

test('a name in bind means one address to xinetd, and all to serve', () => {
  assert.deepEqual(reached('xinetd-2.3.15.3', 'bind = dual'), [false, true]);
  assert.deepEqual(reached('serve', 'bind = dual'), [true, true]);
});

test('a mapped client is an IPv4 client to an IPv4 socket', () => {
  const text = entry('one', 'flags = IPv4', 'only_from = ::/0');
  assert.equal(ask(text, 'one', '::ffff:192.0.2.7', 'xinetd-2.3.15.3').verdict, 'refused');
});

test('the steps stand in the order of the profile', () => {
  const text = entry(
    'one',
    'only_from = 192.0.2.0/24',
    'access_times = 08:00-18:00',
    'max_load = 5',
    'instances = 3',
    'per_source = 2',
  );
  const checks = (profile: Profile) => ask(text, 'one', '192.0.2.7', profile).steps.map(({ check }) => check);
  assert.deepEqual(checks('xinetd-2.3.15.3'), [
    'socket',
    'cps',
    'max_load',
    'access_times',
    'instances',
    'per_source',
    'address',
    'libwrap',
  ]);
  assert.deepEqual(checks('serve'), [
    'socket',
    'address',
    'access_times',
    'cps',
    'max_load',
    'instances',
    'per_source',
    'libwrap',
  ]);
});

test('the limits of inetd.conf with their words', () => {
  const steps = (line: string) =>
    ask(line, 'ftp', '192.0.2.7', 'serve').steps.flatMap(({ check, reason, location }) =>
      location === null || check === 'socket' ? [] : [[check, reason, location.source.slice(location.range)]],
    );
  assert.deepEqual(steps('ftp stream tcp nowait.60 root /bin/cat cat\n'), [
    ['max_per_minute', 'not while there are more than 60 starts in a minute', '60'],
  ]);
  assert.deepEqual(steps('ftp stream tcp nowait/3/4/5 root /bin/cat cat\n'), [
    ['max_per_minute_per_source', 'not after 4 starts for the address in a minute', '4'],
    ['per_source', 'not while 5 servers run for the address', '5'],
    ['max_children', 'it waits while 3 servers run for the service', '3'],
  ]);
});

const mux = entry('tcpmux', 'id = mux', 'type = INTERNAL UNLISTED', 'instances = 5');
const client = (name: string, ...lines: readonly string[]) =>
  entry(name, 'type = TCPMUX UNLISTED', 'port = 0', ...lines);

test('behind tcpmux the checks of its server count, and of the service only the lists', () => {
  const profile = 'xinetd-2.3.15.3';
  const limits = ['instances = 0', 'per_source = 0', 'access_times = 00:00-00:01', 'max_load = 0.001'];
  const { verdict, steps } = ask(mux + client('one', ...limits), 'one', '192.0.2.7', profile);
  assert.equal(verdict, 'allowed');
  assert.deepEqual(
    steps.map(({ check }) => check),
    ['socket', 'cps', 'instances', 'address', 'libwrap', 'tcpmux', 'address', 'libwrap'],
  );
  assert.match(steps[0]?.reason ?? '', /^mux: it listens on all addresses/);
  const denied = ask(mux + client('one', 'only_from = 10.0.0.1'), 'one', '192.0.2.7', profile);
  assert.deepEqual([denied.verdict, denied.steps.at(-1)?.check], ['refused', 'address']);
  // The address is known here, whatever `wait` says, and the socket of tcpmux is the one that shows it.
  const waits = ['wait = yes', 'flags = IPv4', 'only_from = ::/0'];
  assert.equal(ask(mux + client('one', ...waits), 'one', '192.0.2.7', profile).verdict, 'allowed');
  const closed = entry('tcpmux', 'type = INTERNAL UNLISTED', 'no_access = 192.0.2.7');
  assert.equal(ask(closed + client('one'), 'one', '192.0.2.7', profile).verdict, 'refused');
  assert.equal(
    ask(closed + mux.replace('20001', '20002') + client('one'), 'one', '192.0.2.7', profile).verdict,
    'allowed',
  );
});

test('tcpmux takes the first service of a name, and nobody gets to one without it', () => {
  const profile = 'xinetd-2.3.15.3';
  const text = `${mux}${client('one', 'id = first')}${client('ONE', 'id = second')}`;
  assert.equal(ask(text, 'first', '192.0.2.7', profile).verdict, 'allowed');
  const { steps } = ask(text, 'second', '192.0.2.7', profile);
  assert.equal(steps.at(-1)?.reason, 'tcpmux finds first under the name ONE');
  const alone = ask(entry('other') + client('one'), 'one', '192.0.2.7', profile);
  assert.equal(alone.steps.at(-1)?.reason, 'no tcpmux runs through which it is reached');
});

test('tcpd in front of a server decides after all else, by the rules for the name that it is called by', () => {
  const wrapped = (...lines: readonly string[]) =>
    entry('ftp', 'server = /usr/sbin/tcpd', 'flags = NAMEINARGS NOLIBWRAP', ...lines);
  const line = (argv: string) => `ftp stream tcp nowait root /usr/sbin/tcpd ${argv}\n`;
  const lines: readonly (readonly [text: string, name: string])[] = [
    [line('/usr/sbin/in.ftpd -l'), 'in.ftpd'],
    [line('in.ftpd -l'), 'in.ftpd'],
    [line(''), 'tcpd'],
  ];
  const blocks: typeof lines = [
    [wrapped('server_args = /usr/sbin/in.ftpd -l'), 'in.ftpd'],
    [entry('ftp', 'server = /usr/sbin/tcpd', 'flags = NOLIBWRAP', 'server_args = in.ftpd'), 'tcpd'],
  ];
  for (const profile of profileNames) {
    for (const [text, name] of profile === 'serve' ? [...lines, ...blocks] : blocks) {
      const { verdict, steps } = ask(text, 'ftp', '192.0.2.7', profile, true);
      const last = steps.at(-1);
      assert.deepEqual([verdict, last?.check, last?.outcome], ['unknown', 'tcpd', 'depends'], text);
      assert.match(last?.reason ?? '', new RegExp(`the server is tcpd: .* about ${name};`));
      assert.match(last?.location?.source.slice(last.location.range) ?? '', /\/usr\/sbin\/tcpd/);
      const open = ask(text, 'ftp', '192.0.2.7', profile);
      assert.equal(open.verdict, 'allowed');
      assert.ok(open.steps.every(({ check }) => check !== 'tcpd'));
    }
    const refused = ask(
      wrapped('server_args = in.ftpd', 'only_from = 10.0.0.1'),
      'ftp',
      '192.0.2.7',
      profile,
      true,
    );
    assert.deepEqual([refused.verdict, refused.steps.at(-1)?.check], ['refused', 'address']);
  }
});

test('behind libwrap of the daemon, and behind tcpmux, tcpd asks once more', () => {
  const profile = 'xinetd-2.3.15.3';
  const checks = (text: string) =>
    ask(text, 'ftp', '192.0.2.7', profile, true).steps.map(({ check }) => check);
  assert.deepEqual(checks(entry('ftp', 'server = /usr/sbin/tcpd')).slice(-3), ['address', 'libwrap', 'tcpd']);
  const behind = client('ftp', 'server = /usr/sbin/tcpd', 'flags = NOLIBWRAP');
  assert.deepEqual(checks(mux + behind).slice(-3), ['tcpmux', 'address', 'tcpd']);
});
