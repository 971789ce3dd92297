import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { open, talk } from '../support/clients.ts';
import { startServe, withoutServe } from '../support/serve-process.ts';
import { entry } from '../support/service-text.ts';

const skip = withoutServe();
const args = ['--service-log', 'stderr'];

/** What happens to the server program after the daemon has started, and what the log says then. */
const faults: readonly (readonly [name: string, spoil: (path: string) => void, message: RegExp])[] = [
  ['is gone', (path) => rmSync(path), /exec failed: No such file or directory \(errno = 2\)/],
  [
    'is a directory',
    (path) => {
      rmSync(path);
      mkdirSync(path);
    },
    /exec failed: Permission denied \(errno = 13\)/,
  ],
  ['may not be run', (path) => chmodSync(path, 0o644), /exec failed: Permission denied \(errno = 13\)/],
  [
    'has no interpreter',
    (path) => writeFileSync(path, '#!/no/such/shell\n'),
    /exec failed: No such file or directory \(errno = 2\)/,
  ],
  [
    'is no program',
    (path) => writeFileSync(path, 'nonsense\n'),
    /exec failed: Exec format error \(errno = 8\)/,
  ],
];

for (const [name, spoil, message] of faults) {
  test(`a server that ${name} is in the log with step and reason, and the daemon goes on`, {
    skip,
  }, async (t) => {
    const serve = await startServe(t, {
      args,
      config: entry('spoilt', { server: 'FOLDER/server' }) + entry('fine', { server: 'FOLDER/fine' }),
      scripts: { server: 'echo fine', fine: 'echo fine' },
    });
    const port = await serve.port('spoilt');
    assert.equal(await talk(port), 'fine\n');
    spoil(join(serve.folder, 'server'));
    assert.equal(await talk(port), '');
    await serve.waitFor(message);
    await serve.waitFor(/FAIL: spoilt fork from=127\.0\.0\.1/);
    assert.equal(await talk(await serve.port('fine')), 'fine\n');
  });
}

test('a user who may have no more processes: tried again every five seconds, or given up with NORETRY', {
  skip: skip || (process.getuid?.() !== 0 && 'needs root'),
}, async (t) => {
  const serve = await startServe(t, {
    args,
    under: ['prlimit', '--nproc=0'],
    config:
      entry('first', { user: 'nobody', server: '/bin/cat' }) +
      entry('patient', { user: 'nobody', server: '/bin/true' }) +
      entry('hasty', { user: 'nobody', server: '/bin/true', flags: 'NORETRY NOLIBWRAP' }),
  });
  // The kernel counts what the user has before the new process becomes his.
  const first = await open(await serve.port('first'));
  await serve.waitFor(/START: first/);
  assert.equal(await talk(await serve.port('hasty')), '');
  await serve.waitFor(/hasty: fork failed: Resource temporarily unavailable \(errno = 11\)/);
  await serve.waitFor(/FAIL: hasty fork/);
  const waiting = await open(await serve.port('patient'));
  await serve.waitFor(/patient: fork failed: Resource temporarily unavailable/);
  assert.doesNotMatch(serve.output, /FAIL: patient/);
  waiting.destroy();
  first.destroy();
});
