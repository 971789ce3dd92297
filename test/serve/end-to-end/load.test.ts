import assert from 'node:assert/strict';
import { readdirSync, readlinkSync } from 'node:fs';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { childrenOf } from '../support/children.ts';
import { open, readAll, talk } from '../support/clients.ts';
import { endCrowd, openCrowd } from '../support/crowd.ts';
import { type ServeProcess, startServe, withoutServe } from '../support/serve-process.ts';
import { entry } from '../support/service-text.ts';

const skip = withoutServe();
const unlimited = { cps: '0 0', instances: 'UNLIMITED', per_source: 'UNLIMITED' };

function descriptorsOf({ pid }: ServeProcess): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** Whether the daemon still holds the descriptor of a server that has ended or is about to. */
function hasUnwaited({ pid }: ServeProcess): boolean {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).some((fd) => readlinkSync(`${folder}/${fd}`).includes('pidfd'));
}

async function openMany(port: number, count: number): Promise<Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const batch = Array.from({ length: Math.min(100, count - sockets.length) }, () => open(port));
    sockets.push(...(await Promise.all(batch)));
  }
  return sockets;
}

test('two thousand servers at once, ended in any order: none is lost and none left', { skip }, async (t) => {
  const size = 2000;
  const serve = await startServe(t, {
    args: ['--service-log', 'stderr'],
    config: entry('cat', { server: '/bin/cat', ...unlimited }),
  });
  const before = descriptorsOf(serve);
  const sockets = await openCrowd(await serve.port('cat'), size);
  assert.equal(childrenOf(serve.pid).length, size);
  await endCrowd(sockets);
  const pidsOf = (what: 'START' | 'EXIT'): string[] =>
    [...serve.output.matchAll(new RegExp(`${what}: cat (?:status=0 )?pid=(\\d+) `, 'g'))].map(
      ([, pid = '']) => pid,
    );
  await eventually(() => assert.equal(pidsOf('EXIT').length, size));
  assert.equal(new Set(pidsOf('START')).size, size);
  assert.deepEqual(pidsOf('EXIT').sort(), pidsOf('START').sort());
  assert.deepEqual(childrenOf(serve.pid), []);
  await eventually(() => assert.equal(descriptorsOf(serve), before));
});

test('thousands of connections leave nothing behind', { skip }, async (t) => {
  const serve = await startServe(t, {
    config:
      entry('true', { server: '/bin/true', ...unlimited }) +
      entry('one', { server: '/bin/true', instances: 0 }),
  });
  const [port, closed] = [await serve.port('true'), await serve.port('one')];
  const round = async (): Promise<void> => {
    for (let batch = 0; batch < 20; batch++) {
      const clients = Array.from({ length: 50 }, (_, at) => talk(at % 5 === 0 ? closed : port));
      await Promise.all(clients);
    }
  };
  await round();
  await eventually(() => assert.equal(hasUnwaited(serve), false));
  const before = descriptorsOf(serve);
  await round();
  await round();
  await eventually(() => assert.equal(descriptorsOf(serve), before));
  serve.child.kill('SIGABRT');
  await serve.waitFor(/Consistency check passed/);
  await eventually(() => assert.deepEqual(childrenOf(serve.pid), []));
});

test('without descriptors clients wait and are served when there are some again', { skip }, async (t) => {
  const serve = await startServe(t, {
    config: entry('cat', { server: '/bin/cat', ...unlimited }),
    under: ['prlimit', '--nofile=60'],
  });
  const port = await serve.port('cat');
  const sockets = await openMany(port, 60);
  await serve.waitFor(/accept: Too many open files/);
  const answers = sockets.map((socket, at) => {
    socket.end(`I am ${at}`);
    return readAll(socket);
  });
  for (const [at, answer] of (await Promise.all(answers)).entries()) assert.equal(answer, `I am ${at}`);
  await serve.waitFor(/accepting connections again/);
  assert.equal(serve.output.match(/Too many open files/g)?.length, 1);
});
