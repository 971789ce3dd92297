import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { main } from '../../src/commands/main.ts';
import { fakeIo } from '../support/fake-io.ts';

// Each entry of the xinetd FAQ converts, old words included.

const folder = fileURLToPath(new URL('../../fixtures/real/faq', import.meta.url));
const entries = readdirSync(folder).filter((name) => !/inetd\.conf$|^without-braces/.test(name));

for (const to of ['inetd', 'systemd']) {
  for (const name of entries) {
    test(`${name} converts to ${to}`, async () => {
      const io = fakeIo();
      assert.equal(
        await main(['convert', '--from=xinetd', `--to=${to}`, join(folder, name)], io),
        0,
        io.err(),
      );
      assert.match(io.out(), /\/usr\/(s?bin|libexec)\//);
      assert.doesNotMatch(io.err(), /error:/);
    });
  }
}

test('the log option that does nothing any more is said to be lost', async () => {
  const io = fakeIo();
  await main(['convert', '--from=xinetd', '--to=inetd', join(folder, 'telnet-chroot.conf')], io);
  assert.match(io.err(), /:5: warning: RECORD of log_on_failure .*\[retired-log-option\]/);
});
