import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convertText } from '../support/convert-text.ts';

const service = (lines: string) =>
  `service ftp\n{\nsocket_type = stream\nprotocol = tcp\nuser = root\n${lines}\n}\n`;
const server = 'wait = no\nserver = /usr/sbin/vsftpd\n';

const closed: Readonly<Record<string, readonly [text: string, code: string]>> = {
  'per_source = 0': [service(`${server}per_source = 0`), 'per-source-zero'],
  'instances = 0': [service(`${server}instances = 0`), 'instances-zero'],
  'instances = 0 with wait = yes': [
    service('wait = yes\nserver = /usr/sbin/vsftpd\ninstances = 0'),
    'instances-zero',
  ],
  'per_source = 0 of defaults': [`defaults\n{\nper_source = 0\n}\n${service(server)}`, 'per-source-zero'],
};

for (const [name, [text, code]] of Object.entries(closed)) {
  for (const words of [['--to=systemd'], ['--to=inetd'], ['--to=inetd', '--dialect=freebsd']]) {
    test(`a service closed to all stays closed: ${name}, ${words.join(' ')}`, async () => {
      const { output, status, said } = await convertText(text, '--from=xinetd', ...words);
      assert.equal(status, 1);
      assert.ok(
        said.some((each) => each.endsWith(` E ${code}`)),
        said.join('\n'),
      );
      assert.doesNotMatch(output, /^[^#\n]/m);
    });
  }
}

test('a redirect that serves nobody becomes no proxy', async () => {
  const text = service('wait = no\nredirect = 10.0.0.1 21\ninstances = 0');
  const { output, said } = await convertText(text, '--from=xinetd', '--to=systemd');
  assert.deepEqual(said, ['1 E instances-zero']);
  assert.doesNotMatch(output, /connections-max/);
});

test('no starts a minute are the usual rate, as to inetd', async () => {
  const line = 'ftp stream tcp nowait.0 root /bin/cat cat\n';
  const { output, said } = await convertText(line);
  assert.doesNotMatch(output, /cps/);
  assert.deepEqual(said, []);
  const units = await convertText(line, '--to=systemd', '--systemd-version=255');
  assert.doesNotMatch(units.output, /PollLimit/);
});
