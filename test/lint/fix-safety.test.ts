import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintText } from './support/lint-text.ts';

function service(...lines: readonly string[]): string {
  const own = ['type = UNLISTED', 'socket_type = stream', 'protocol = tcp', 'port = 20001', 'wait = no'];
  const rest = ['user = nobody', 'server = /bin/cat'];
  const given = new Set(lines.map((line) => /^\w+/.exec(line)?.[0]));
  const kept = [...own, ...rest].filter((line) => !given.has(/^\w+/.exec(line)?.[0]));
  return `service one\n{\n${[...kept, ...lines].map((line) => `\t${line}\n`).join('')}}\n`;
}

function safetyOf(code: string, text: string): string | undefined {
  return lintText(text).find((each) => each.code === code)?.fix?.safety;
}

test('what switches off, limits, or refuses clients is safe to repair', () => {
  assert.equal(safetyOf('syntax/trailing-comment', service('disable = yes # off')), 'safe');
  assert.equal(safetyOf('syntax/trailing-comment', service('bind = 127.0.0.1 # local')), 'safe');
  assert.equal(safetyOf('syntax/trailing-comment', service('instances = 5 # few')), 'safe');
  assert.equal(safetyOf('syntax/unknown-attribute', service('only_form = 10.0.0.0/8')), 'safe');
  assert.equal(
    safetyOf('correctness/list-overwritten', service('no_access = 10.0.0.1', 'no_access = 10.0.0.2')),
    'safe',
  );
});

test('what starts a service, or lets more clients in, is not', () => {
  assert.equal(safetyOf('syntax/trailing-comment', service('server = /bin/cat # program')), 'unsafe');
  assert.equal(safetyOf('syntax/trailing-comment', service('port = 20001 # port')), 'unsafe');
  assert.equal(
    safetyOf('correctness/list-overwritten', service('only_from = 10.0.0.1', 'only_from = 10.0.0.2')),
    'unsafe',
  );
  assert.equal(
    safetyOf('correctness/comma-separated-list', service('only_from = 10.0.0.1,10.0.0.2')),
    'unsafe',
  );
});

test('what loosens a limit, opens the umask, or asks hosts.allow about another name, is not', () => {
  const code = 'syntax/trailing-comment';
  assert.equal(safetyOf(code, service('umask = 000 # x')), 'unsafe');
  assert.equal(safetyOf(code, service('umask = 077 # x')), 'safe');
  assert.equal(safetyOf('syntax/unknown-attribute', service('libwrp = sshd')), 'unsafe');
  assert.equal(safetyOf('syntax/unknown-attribute', service('libwrp = cat')), 'safe');
  const limited = 'defaults\n{\n\tcps = 25 30\n\tinstances = 10\n}\n';
  assert.equal(safetyOf(code, limited + service('cps = 1000 1 # x')), 'unsafe');
  assert.equal(safetyOf(code, limited + service('cps = 10 30 # x')), 'safe');
});

test('what changes the program or its arguments is not', () => {
  assert.equal(safetyOf('syntax/invisible-characters', service('server_args = \u2013daemon')), 'unsafe');
  assert.equal(safetyOf('syntax/trailing-comment', service('server_args = -v # x')), 'unsafe');
});

test('the same edit is safe where the service is switched off', () => {
  const text = service('port=20001', 'nice = 5');
  assert.equal(safetyOf('syntax/missing-space-before-operator', text), 'unsafe');
  const off = text.replace('{\n', '{\n\tdisable = yes\n');
  assert.equal(safetyOf('syntax/missing-space-before-operator', off), 'safe');
});

test('what ends the daemon, or loses a service that runs, is not', () => {
  const defaults = (...lines: readonly string[]) =>
    `defaults\n{\n${lines.map((line) => `\t${line}\n`).join('')}}\n`;
  assert.equal(
    safetyOf('correctness/duplicate-defaults', `${defaults()}${defaults('enabled = nothing')}${service()}`),
    'unsafe',
  );
  assert.equal(
    safetyOf('syntax/unknown-attribute', `${defaults('log_typ = SYSLOG nope')}${service()}`),
    'unsafe',
  );
  assert.equal(
    safetyOf('correctness/duplicate-attribute', service('type = UNLISTED', 'type = INTERNAL')),
    'unsafe',
  );
});

test('what is a guess is one in an entry that does not run, too', () => {
  const text = service('nice=5').replace('\ttype = UNLISTED\n', '');
  assert.equal(safetyOf('correctness/services-mismatch', text), 'unsafe');
});

test('a family is not given up to close a gap', () => {
  const text = service('flags = REUSE', 'no_access = 192.0.2.1');
  assert.equal(safetyOf('correctness/address-family-gap', text), 'unsafe');
  assert.equal(
    safetyOf('correctness/address-family-gap', service('flags = IPv6', 'only_from = 192.0.2.1')),
    undefined,
  );
});

test('the first line counts only if the daemon takes it', () => {
  const codes = (text: string) => lintText(text).map(({ code }) => code);
  for (const [first, second] of [
    ['port = 8080 9', 'port = 8081'],
    ['nice += 5', 'nice = 7'],
    ['instances = lots', 'instances = 7'],
    ['disable = no no', 'disable = yes'],
  ] as const) {
    const found = codes(service(first, second));
    assert.ok(!found.includes('correctness/duplicate-attribute'), first);
    assert.ok(!found.includes('correctness/disable-not-effective'), first);
  }
  assert.ok(codes(service('port = 8080', 'port = 8081')).includes('correctness/duplicate-attribute'));
});

test('a disable = no that brings a service back is not redundant', () => {
  const found = lintText(service('no_access = 192.0.2.1,192.0.2.2', 'disable = no'));
  assert.ok(
    !found.some(({ code, message }) => code === 'style/redundant-attribute' && message.includes('disable')),
  );
});

test('what matches nobody, and an address that is forgotten, are nothing to lose', () => {
  assert.equal(
    safetyOf('correctness/ipv6-address-never-matches', service('no_access = 2001:db8::5/128')),
    'safe',
  );
  assert.equal(
    safetyOf('correctness/ipv6-address-never-matches', service('only_from = 2001:db8::5/128')),
    'unsafe',
  );
  assert.equal(
    safetyOf('correctness/bind-family-mismatch', service('bind = 127.0.0.1', 'flags = IPv6')),
    'safe',
  );
});
