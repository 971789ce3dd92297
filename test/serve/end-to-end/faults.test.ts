import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { compileProbe } from '../../native/harness.ts';
import { eventually } from '../../support/eventually.ts';
import { childrenOf } from '../support/children.ts';
import { open, talk } from '../support/clients.ts';
import { startServe, withoutServe } from '../support/serve-process.ts';
import { entry } from '../support/service-text.ts';

const skip = withoutServe();
const holdLease = compileProbe('hold-lease');
const isRoot = process.getuid?.() === 0;
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
  skip: skip || (!isRoot && 'needs root'),
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

/** The user of the servers below: somebody of that number may send them what he likes. */
const owner = isRoot ? { user: 'nobody', id: { uid: 65534, gid: 65534 } } : { id: {} };

function signalAsOwner(signal: 'STOP' | 'KILL', pid: number): void {
  const { status } = spawnSync('sh', ['-c', `kill -${signal} ${pid}`], owner.id);
  assert.equal(status, 0);
}

const ownedEntry = (name: string, server: string): string =>
  entry(name, { server, ...(owner.user === undefined ? {} : { user: owner.user }) });

test('a server that its user stops or kills before it runs costs its client and nobody else', {
  skip,
}, async (t) => {
  const serve = await startServe(t, {
    args,
    config: ownedEntry('held', 'FOLDER/held') + ownedEntry('fine', 'FOLDER/fine'),
    scripts: { held: 'echo fine', fine: 'echo fine' },
  });
  const [held, fine] = [await serve.port('held'), await serve.port('fine')];
  // Whoever opens the program, exec included, waits for this one.
  const holder = spawn(holdLease, [join(serve.folder, 'held')]);
  await once(holder.stdout, 'data');
  const signalled = async (signal: 'STOP' | 'KILL'): Promise<string> => {
    const answer = talk(held);
    await eventually(() => assert.equal(childrenOf(serve.pid).length, 1));
    // Its user's own from the moment at which it has changed to him.
    await eventually(() => signalAsOwner(signal, childrenOf(serve.pid)[0] ?? 0));
    assert.equal(await talk(fine), 'fine\n');
    return await answer;
  };
  const failures = (): number =>
    serve.output.match(/service held: server not started, killed before its program ran/g)?.length ?? 0;
  assert.equal(await signalled('KILL'), '');
  await serve.waitFor(/service held: server not started, killed before its program ran: SIGKILL/);
  await serve.waitFor(/FAIL: held fork from=127\.0\.0\.1/);
  assert.equal(await signalled('STOP'), '');
  await eventually(() => assert.equal(failures(), 2));
  holder.stdin.end();
  await once(holder, 'exit');
  assert.equal(await talk(held), 'fine\n');
  await eventually(() => assert.deepEqual(childrenOf(serve.pid), []));
});

test('so does one that runs', { skip }, async (t) => {
  const serve = await startServe(t, { args, config: ownedEntry('cat', '/bin/cat') });
  const port = await serve.port('cat');
  const client = await open(port);
  const [, pid = ''] = await serve.waitFor(/START: cat pid=(\d+)/);
  signalAsOwner('STOP', Number(pid));
  const other = await open(port);
  other.end('hello');
  const [answer] = (await once(other, 'data')) as [Buffer];
  assert.equal(answer.toString(), 'hello');
  signalAsOwner('KILL', Number(pid));
  await serve.waitFor(new RegExp(`EXIT: cat signal=9 pid=${pid} `));
  client.destroy();
});
