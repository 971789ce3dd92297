import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintText } from './support/lint-text.ts';

/** What is found to be wrong in a line of an entry in which nothing else is wrong. */
function found(line: string): string[] {
  const own = ['socket_type = stream', 'protocol = tcp', 'wait = no', 'user = nobody', 'server = /bin/cat'];
  const lines = [...own, 'type = UNLISTED', 'port = 20001', line];
  const text = `service one\n{\n${lines.map((each) => `\t${each}\n`).join('')}}\n`;
  return lintText(text)
    .filter(({ location: { source, range } }) => source.lineAt(range.start) === lines.length + 2)
    .map(({ code }) => code)
    .filter((code) => /^(?:syntax|correctness)\//.test(code))
    .sort();
}

test('what is wrong before a trailing comment is found with it, and what is wrong in it is not', () => {
  const comment = 'syntax/trailing-comment';
  assert.deepEqual(found('no_access = ::/0 10.0.0.0/255.0.0.0 # ours'), [
    'correctness/dotted-netmask',
    comment,
  ]);
  assert.deepEqual(found('log_on_success = FOO HOST # FOO'), ['correctness/invalid-keyword', comment]);
  assert.deepEqual(found('access_times = 25:00-26:00 # 99:99'), [
    'correctness/invalid-access-times',
    comment,
  ]);
  assert.deepEqual(found('log_on_success = HOST PID # FOO'), [comment]);
  assert.deepEqual(found('instances = 5 # 6'), [comment]);
});

test('so is what is wrong behind an operator that is none', () => {
  assert.deepEqual(found('no_access == ::/0 10.0.0.0/33'), [
    'correctness/invalid-address-number',
    'syntax/bad-operator',
  ]);
  assert.deepEqual(found('instances == 5'), ['syntax/bad-operator']);
});

test('an address that is meant for everybody leaves no family out', () => {
  assert.deepEqual(found('no_access = ::'), ['correctness/ipv6-address-never-matches']);
  assert.deepEqual(found('only_from = ::'), ['correctness/ipv6-address-never-matches']);
  assert.deepEqual(found('no_access = ::2'), ['correctness/address-family-gap']);
});
