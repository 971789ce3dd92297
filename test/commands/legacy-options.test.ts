import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rewriteLegacyOptions } from '../../src/commands/legacy-options.ts';

const cases: [string, string][] = [
  ['convert -daemon_dir=/usr/sbin', 'convert --daemon-dir=/usr/sbin'],
  ['convert -daemon_dir /usr/sbin in.conf', 'convert --daemon-dir=/usr/sbin in.conf'],
  ['convert --daemon-dir /usr/sbin', 'convert --daemon-dir /usr/sbin'],
  ['convert -daemon_dir', 'convert --daemon-dir'],
  ['convert -- -daemon_dir x', 'convert -- -daemon_dir x'],
  ['lint -daemon_dir=x', 'lint -daemon_dir=x'],
  ['serve -d -f x.conf -stayalive -limit -1', 'serve -d -f x.conf --stayalive --limit=-1'],
  ['serve -filelog /var/log/x -pidfile /run/x', 'serve --filelog=/var/log/x --pidfile=/run/x'],
  ['serve -inetd_compat -dontfork', 'serve --inetd-compat --dontfork'],
  ['--debug serve -cc 5', '--debug serve --cc=5'],
];
for (const [written, expected] of cases) {
  test(`reads "${written}"`, () => {
    assert.deepEqual(rewriteLegacyOptions(written.split(' ')), expected.split(' '));
  });
}

test('does not take a member of Object for an option', () => {
  assert.deepEqual(rewriteLegacyOptions(['serve', '-constructor']), ['serve', '-constructor']);
});
