import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { main } from '../../../src/commands/main.ts';
import { deepestInclude } from '../../../src/model/includes.ts';
import { fakeIo } from '../../support/fake-io.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('files that are included too deep are lost, and the status says so', async (t) => {
  const folder = temporaryFolder(t);
  for (let level = 0; level <= deepestInclude + 1; level += 1) {
    writeFileSync(join(folder, `${level}`), `include ${join(folder, `${level + 1}`)}\n`);
  }
  const io = fakeIo({ cwd: folder });
  assert.equal(await main(['convert', '0', '--from=xinetd', '--to=inetd'], io), 1);
  assert.match(io.err(), /: error: .* levels deep \[include-depth\]/);
});
