import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unknownHost } from '../../src/lint/host.ts';
import { lintText } from './support/lint-text.ts';

/** A service with further lines, in a file of its own. */
function service(...lines: readonly string[]): string {
  const own = [
    'type = UNLISTED',
    'socket_type = stream',
    'protocol = tcp',
    'port = 20001',
    'wait = no',
    'user = nobody',
    'server = /bin/cat',
  ];
  return `service one\n{\n${[...own, ...lines].map((line) => `\t${line}\n`).join('')}}\n`;
}

function effectOf(code: string, text: string): string {
  const found = lintText(text).find((each) => each.code === code);
  assert.ok(found, `${code} finds nothing`);
  return found.effect ?? '';
}

test('a service that is not switched off says so, and where it listens', () => {
  assert.equal(
    effectOf('syntax/trailing-comment', service('disable = yes # off')),
    "the daemon ignores this line, so 'one' keeps running: it listens on tcp port 20001 of all addresses",
  );
});

test('the address is the one that holds, not the one of a line that is ignored', () => {
  assert.match(
    effectOf('syntax/wrong-value-count', service('bind = 127.0.0.1 127.0.0.2')),
    /runs without it: it listens on tcp port 20001 of all addresses, for everyone$/,
  );
  assert.match(
    effectOf('syntax/unknown-attribute', service('bind = 127.0.0.1', 'colour = red')),
    /port 20001 of address 127\.0\.0\.1$/,
  );
});

test('an entry that does not run says why', () => {
  const text = service('colour = red').replace('\tuser = nobody\n', '');
  assert.match(
    effectOf('syntax/unknown-attribute', text),
    /'one' does not run \(the log says: Service one missing attribute user - DISABLING\)$/,
  );
});

test('of several reasons the log line about the line itself is quoted', () => {
  const host = { ...unknownHost(), hasFacts: true };
  const tables = { ...host.tables, protocolNumber: () => undefined };
  const text = service('nice = none');
  const found = lintText(text, {}, '/etc/xinetd.conf', { ...host, tables });
  const of = (code: string) => found.find((each) => each.code === code);
  const protocol = of('correctness/socket-protocol-mismatch');
  assert.match(protocol?.effect ?? '', /Error parsing attribute protocol/);
  assert.match(of('correctness/invalid-number')?.effect ?? '', /Error parsing attribute nice/);
  assert.equal(protocol?.message, "the machine has no protocol 'tcp': no protocols file names it");
});

test('a fault in defaults ends the daemon, and nothing is said of a service there', () => {
  const text = `defaults\n{\n\tlog_on_failure = HOST # only\n}\n${service('colour = red')}`;
  assert.equal(effectOf('syntax/trailing-comment', text), 'the daemon exits, at start as well as on reload');
  assert.match(effectOf('syntax/unknown-attribute', text), /the daemon exits because of defaults/);
  const behind = `${service('colour = red')}defaults\n{\n\tlog_on_failure = HOST # only\n}\n`;
  assert.match(effectOf('syntax/unknown-attribute', behind), /the daemon exits because of defaults/);
});

test('a line behind a failed one that revives the service is told', () => {
  assert.match(
    effectOf('correctness/comma-separated-list', service('no_access = 192.0.2.1,192.0.2.2', 'disable = no')),
    /switches the service off, but 'one' runs all the same, without this: it listens on tcp port 20001/,
  );
});

test('a service whose program the machine does not have does not run', () => {
  const host = { ...unknownHost(), path: () => ({ kind: 'missing' }) as const };
  const found = lintText(service(), {}, '/etc/xinetd.conf', host);
  assert.match(
    found.find(({ code }) => code === 'correctness/server-path')?.effect ?? '',
    /^the daemon switches the service off; 'one' does not run \(the log says: .*server/,
  );
  assert.ok(!found.some(({ code }) => code === 'security/no-access-control'));
});

test('a line that is refused is not said to be accepted', () => {
  assert.match(
    effectOf('syntax/quoted-value', service('env = A="x y"')),
    /^the daemon switches the service off/,
  );
  const text = `defaults\n{\n}\ndefaults\n{\n\tinstances = lots\n}\n${service()}`;
  assert.ok(!lintText(text).some(({ code }) => code === 'correctness/fatal-defaults-error'));
  assert.equal(
    effectOf('correctness/v6only-misread', service('flags = IPv4', 'v6only = no')),
    'the daemon does not use it',
  );
});

test('a mask that takes in everybody says so, and so does one that is taken out of a list', () => {
  const code = 'correctness/dotted-netmask';
  assert.match(effectOf(code, service('no_access = 192.0.2.0/0.0.0.255')), /so everybody is refused/);
  assert.match(effectOf(code, service('only_from = 192.0.2.0/0.0.0.255')), /so everybody gets in/);
  assert.match(
    effectOf(code, service('only_from = 192.0.2.0/24', 'only_from -= 192.0.2.0/255.255.255.0')),
    /so the clients that it means get in/,
  );
});

test('a port of 0 is picked by the system, and defaults without an end are kept', () => {
  assert.match(
    effectOf('syntax/unknown-attribute', service('colour = red').replace('20001', '0')),
    /it listens on a tcp port that the system picks, of all addresses/,
  );
  assert.equal(
    effectOf('syntax/unterminated-section', `${service()}defaults\n{\n\tinstances = 5\n`),
    'the daemon keeps what it has read of them up to there',
  );
});

test('an entry that runs is not said to be dropped', () => {
  const effect = effectOf('syntax/line-continuation', service('server_args = -a \\'));
  assert.match(effect, /^the daemon accepts it without a word, and it means something else; 'one' runs/);
});

test('what is said of a line is what the daemon does with it', () => {
  const of = (code: string, line: string) => effectOf(code, service(line));
  assert.match(
    of('syntax/line-continuation', 'nice = 5 \\'),
    /^the daemon ignores this line, and 'one' runs/,
  );
  assert.match(
    of('syntax/unknown-attribute', 'colour=red'),
    /^the daemon drops the entry; 'one' does not run/,
  );
  assert.match(of('syntax/bad-operator', 'nice+=5'), /^the daemon drops the entry; 'one' does not run/);
  assert.match(of('syntax/bad-operator', 'env == A=1'), /^the daemon accepts it without a word/);
  assert.match(of('syntax/bad-operator', 'only_from == 192.0.2.1'), /^the daemon leaves this word out/);
  assert.match(of('correctness/unparsable-address', 'only_from = 1.2.3.4.{5}'), /^the daemon accepts it/);
});

test('what a line of defaults costs is told', () => {
  const of = (code: string, line: string) => effectOf(code, `defaults\n{\n\t${line}\n}\n${service()}`);
  const stops = /^the daemon stops reading 'defaults' here/;
  assert.match(of('syntax/missing-space-before-operator', 'instances=5'), stops);
  assert.match(of('correctness/attribute-not-in-defaults', 'nice=5'), stops);
  assert.match(of('syntax/missing-operator', 'instances 5'), stops);
  assert.match(of('syntax/brace-placement', 'groups = yes}'), /part of the value; the daemon exits/);
  assert.match(of('syntax/line-continuation', 'groups = yes \\'), /^the daemon ignores this line$/);
});
