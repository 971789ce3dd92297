import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convertText } from '../../support/convert-text.ts';

const entry = (...lines: readonly string[]) =>
  [
    'service ftp',
    ...['{', 'socket_type = stream', 'wait = no', 'user = root', 'server = /usr/sbin/x', ...lines, '}', ''],
  ].join('\n');

test('a limit above what stands for none is kept', async () => {
  const { output } = await convertText(entry('instances = 100000'), '--from=xinetd', '--to=systemd');
  assert.match(output, /^MaxConnections=100000$/m);
});

test('a long list of addresses takes several lines', async () => {
  const count = 2500;
  const addresses = Array.from({ length: count }, (_, at) => `10.${at >> 8}.${at & 255}.1`);
  const lines = Array.from(
    { length: 25 },
    (_, at) => `only_from += ${addresses.slice(at * 100, (at + 1) * 100).join(' ')}`,
  );
  const { output } = await convertText(entry(...lines), '--from=xinetd', '--to=systemd');
  const lists = [...output.matchAll(/^IPAddressAllow=(.*)$/gm)].map(
    ([, list = '']) => list.split(' ').length,
  );
  assert.deepEqual(lists, [1000, 1000, 500]);
});
