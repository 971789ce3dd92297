import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convertText, entriesOf } from '../support/convert-text.ts';

/** The protocols of two lines for one port; what the entries and sockets become, and what is said. */
const pairs: readonly (readonly [
  protocols: string,
  entries: readonly string[],
  sockets: readonly string[],
  said: readonly string[],
])[] = [
  ['tcp tcp6', ['IPv4', 'IPv6 v6only'], ['0.0.0.0:21', '21 ipv6-only'], ['1 I family-shared']],
  ['tcp6 tcp', ['IPv6 v6only', 'IPv4'], ['21 ipv6-only', '0.0.0.0:21'], ['2 W duplicate']],
  ['tcp4 tcp', ['IPv4', 'IPv6 v6only'], ['0.0.0.0:21', '21 ipv6-only'], ['2 I family-shared']],
  ['tcp tcp4', ['', 'off'], ['21 both', 'off'], ['2 W duplicate']],
  ['tcp tcp46', ['', 'off'], ['21 both', 'off'], ['2 W duplicate']],
  ['tcp46 tcp', ['IPv6', 'off'], ['21 both', 'off'], ['2 W duplicate']],
  ['tcp4 tcp46', ['IPv4', 'IPv6 v6only'], ['0.0.0.0:21', '21 ipv6-only'], ['2 W duplicate']],
  ['tcp tcp', ['', 'off'], ['21 both', 'off'], ['2 W duplicate']],
  ['tcp4 tcp6', ['IPv4', 'IPv6 v6only'], ['0.0.0.0:21', '21 ipv6-only'], []],
];

function lines(protocols: string, name = 'ftp'): string {
  return protocols
    .split(' ')
    .map((protocol) => `${name} stream ${protocol} nowait root /bin/cat cat\n`)
    .join('');
}

function shortEntry(entry: string): string {
  if (entry.includes('disable=yes')) return 'off';
  const flags = /flags=(\S+)/.exec(entry)?.[1] ?? '';
  return entry.includes('v6only=yes') ? `${flags} v6only` : flags;
}

function shortSockets(units: string): readonly string[] {
  return units
    .split(/^# ==> /m)
    .filter((unit) => unit.includes('[Socket]'))
    .map((unit) => {
      if (unit.includes('do not enable')) return 'off';
      const [, listen = ''] = /^ListenStream=(.*)$/m.exec(unit) ?? [];
      const [, versions] = /^BindIPv6Only=(.*)$/m.exec(unit) ?? [];
      return versions === undefined ? listen : `${listen} ${versions}`;
    });
}

for (const [protocols, entries, sockets, said] of pairs) {
  test(`two lines of one port share its clients: ${protocols}`, async () => {
    const result = await convertText(lines(protocols));
    assert.deepEqual(entriesOf(result.output).map(shortEntry), entries);
    assert.deepEqual(result.said, said);
    const units = await convertText(lines(protocols), '--to=systemd');
    assert.deepEqual(shortSockets(units.output), sockets);
    assert.deepEqual(
      units.said.filter((each) => / (?:duplicate|family-shared)$/.test(each)),
      said,
    );
  });
}

test('three lines of one port leave the third nothing', async () => {
  const { output, said } = await convertText(lines('tcp4 tcp6 tcp'));
  assert.deepEqual(entriesOf(output).map(shortEntry), ['IPv4', 'IPv6 v6only', 'off']);
  assert.deepEqual(said, ['3 W duplicate']);
});

test('a duplicate is one whatever its server is called and whoever asks hosts.allow', async () => {
  const text = [
    'ftp stream tcp nowait root /usr/sbin/in.ftpd in.ftpd',
    'ftp stream tcp nowait root /usr/sbin/tcpd in.ftpd',
    'ftp stream tcp nowait root /usr/sbin/in.ftpd wu.ftpd',
    '',
  ].join('\n');
  const { output, said } = await convertText(text);
  assert.deepEqual(
    entriesOf(output).map((entry) => entry.includes('disable=yes')),
    [false, true, true],
  );
  assert.deepEqual(said, ['2 W duplicate', '3 W duplicate']);
});

test('a line that is switched off takes nothing', async () => {
  const { output, said } = await convertText(`#<off># ${lines('tcp')}${lines('tcp6')}`);
  assert.deepEqual(entriesOf(output).map(shortEntry), ['off', 'IPv6 v6only']);
  assert.deepEqual(said, []);
});
