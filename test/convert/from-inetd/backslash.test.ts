import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inetdDialects } from '../../../src/convert/from-inetd/dialect-names.ts';
import { convertText, entriesOf } from '../../support/convert-text.ts';

const text = [
  'ftp stream tcp nowait root /usr/sbin/x x \\',
  'telnet stream tcp nowait root /usr/sbin/y y C:\\dir\\',
  '# a comment',
  'smtp stream tcp nowait root /usr/sbin/z z\r',
  '',
].join('\n');

for (const dialect of inetdDialects) {
  test(`a backslash at a line end is an argument and joins nothing: ${dialect}`, async () => {
    const { output, status } = await convertText(text, `--dialect=${dialect}`);
    assert.equal(status, 0);
    assert.deepEqual(
      entriesOf(output).map((entry) => [entry.split(' ')[0], /server_args=.*/.exec(entry)?.[0] ?? '']),
      [
        ['ftp', 'server_args=\\'],
        ['telnet', 'server_args=C:\\dir\\'],
        ['smtp', ''],
      ],
    );
    assert.match(output, /^# a comment$/m);
  });
}

test('nor does it in units', async () => {
  const { output } = await convertText(text, '--to=systemd');
  assert.match(output, /^ExecStart=-@\/usr\/sbin\/x x \\\\$/m);
  assert.match(output, /^# ==> telnet.socket <==$/m);
});
