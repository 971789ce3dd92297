import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintText } from './support/lint-text.ts';

/** A section of xinetd.conf with lines. */
function section(header: string, ...lines: readonly string[]): string {
  return `${header}\n{\n${lines.map((line) => `\t${line}\n`).join('')}}\n`;
}

function service(name: string, ...lines: readonly string[]): string {
  const own = ['type = UNLISTED', 'socket_type = stream', 'protocol = tcp', 'wait = no', 'user = nobody'];
  return section(`service ${name}`, ...own, 'server = /bin/cat', 'port = 20001', ...lines);
}

function severityOf(code: string, ...texts: readonly string[]): string | undefined {
  return lintText(texts.join('')).find((each) => each.code === code)?.severity;
}

test('addresses from defaults keep listeners apart', () => {
  const own = service('b', 'bind = 127.0.0.2');
  assert.equal(severityOf('correctness/port-conflict', service('a'), own), 'error');
  const both = [section('defaults', 'bind = 127.0.0.1'), service('a'), own];
  assert.equal(severityOf('correctness/port-conflict', ...both), undefined);
});

test('what is missing elsewhere than beside the main file may be on another machine', () => {
  assert.equal(severityOf('correctness/broken-include', 'includedir /etc/xinetd.d\n'), 'error');
  assert.equal(severityOf('correctness/broken-include', 'includedir /srv/xinetd.d\n'), 'info');
});

test('who is in a list is not asked where not everything has been read', () => {
  const list = section('defaults', 'enabled = other');
  assert.equal(severityOf('correctness/enable-list', list, service('a')), 'error');
  assert.equal(severityOf('correctness/enable-list', list), undefined);
  assert.equal(
    severityOf('correctness/enable-list', list, service('a'), 'includedir /srv/xinetd.d\n'),
    undefined,
  );
});

test('late defaults are late only for services that would get something of them', () => {
  const late = section('defaults', 'only_from = 192.0.2.0/24');
  assert.equal(severityOf('correctness/defaults-after-service', service('a'), late), 'error');
  for (const line of ['only_from = 192.0.2.1', 'disable = yes']) {
    assert.equal(severityOf('correctness/defaults-after-service', service('a', line), late), undefined);
  }
});

test('an entry that stays dropped is not revived', () => {
  const revived = service('a', 'no_access = 192.0.2.1,192.0.2.2', 'disable = no');
  assert.equal(severityOf('correctness/error-then-enabled', revived), 'error');
  const dropped = revived.replace('20001', 'http');
  assert.equal(severityOf('correctness/error-then-enabled', dropped), undefined);
});
