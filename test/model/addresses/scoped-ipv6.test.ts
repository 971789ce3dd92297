import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatScopedIpv6, parseScopedIpv6 } from '../../../src/model/addresses/scoped-ipv6.ts';
import { tablesOf } from '../../../src/model/host/tables.ts';

const tables = tablesOf(
  {},
  () =>
    new Map([
      ['lo', 1],
      ['eth0', 2],
    ]),
);

/** An address with its zone, as it is read and written again. */
function rewritten(text: string): string | undefined {
  const address = parseScopedIpv6(text, tables);
  return address === undefined ? undefined : formatScopedIpv6(address, tables);
}

test('an interface that is there may stand behind addresses of one link', () => {
  for (const text of ['fe80::1%eth0', 'ff02::78%eth0', 'ff32::78%lo', 'fe80::1', '::1']) {
    assert.equal(rewritten(text), text);
  }
  assert.equal(rewritten('ff01::1%eth0'), 'ff01::1%2');
  for (const text of ['fe80::1%eth1', 'fe80::1%ETH0', 'fe80::1%', 'ff05::78%eth0', '2001:db8::1%eth0']) {
    assert.equal(rewritten(text), undefined, text);
  }
});

test('a number may stand behind all addresses', () => {
  assert.equal(rewritten('2001:db8::1%3'), '2001:db8::1%3');
  assert.equal(rewritten('::1%0'), '::1');
  assert.equal(rewritten('fe80::1%02'), 'fe80::1%eth0');
  assert.equal(rewritten('fe80::1%4294967295'), 'fe80::1%4294967295');
  for (const text of ['fe80::1%4294967296', 'fe80::1%+1', 'fe80::1%1x', '::1%0x1']) {
    assert.equal(rewritten(text), undefined, text);
  }
});
