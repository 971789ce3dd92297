import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { compileProbe } from '../../native/harness.ts';
import { eventually } from '../../support/eventually.ts';
import { childrenOf } from '../support/children.ts';
import { type ServeProcess, startServe, withoutServe } from '../support/serve-process.ts';
import { entry } from '../support/service-text.ts';

const run = promisify(execFile);
const skip = withoutServe();
const greeter = compileProbe('greeter');
const crowd = compileProbe('crowd');

/** .ci/run asks for 100,000; every run makes as many as show the mistakes there have been. */
const connections = Number(process.env.XCFG_TEST_CONNECTIONS ?? 4000);
/** After so many everything has the size that it keeps. */
const warmUp = 2000;

const root = process.getuid?.() === 0;

/** Two services for clients of two networks, and one that nobody may come to. */
async function startGreeters(t: TestContext): Promise<ServeProcess> {
  const usual = {
    server: greeter,
    cps: '0 0',
    instances: 'UNLIMITED',
    per_source: 'UNLIMITED',
    passenv: '',
    log_type: 'FILE FOLDER/log',
  };
  const config =
    entry('one', {
      ...usual,
      server_args: 'one',
      only_from: '127.1.0.0/16',
      ...(root ? { user: 'nobody' } : {}),
    }) +
    entry('two', { ...usual, server_args: 'two', only_from: '127.2.0.0/16' }) +
    entry('closed', { ...usual, server_args: 'closed', only_from: '10.0.0.0/8' });
  return await startServe(t, { config });
}

/** What became of so many connections of 64 clients at a time. */
async function visit(serve: ServeProcess, count: number, ids: readonly string[]): Promise<string> {
  const targets = await Promise.all(ids.map(async (id) => `${await serve.port(id)}:${id}`));
  const { stdout } = await run(crowd, ['64', `${count}`, ...targets]);
  return stdout;
}

/** What the daemon holds: descriptors by kind, threads, children in any state. */
function holdings({ pid }: ServeProcess): Record<string, unknown> {
  const folder = `/proc/${pid}/fd`;
  return {
    descriptors: readdirSync(folder)
      .map((fd) => readlinkSync(`${folder}/${fd}`).replace(/\[?\d+\]?$/, ''))
      .sort(),
    threads: readdirSync(`/proc/${pid}/task`).length,
    children: childrenOf(pid),
  };
}

function residentKiB({ pid }: ServeProcess): number {
  return Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]);
}

test('each client gets its own server of its own service, and nothing stays behind', { skip }, async (t) => {
  const serve = await startGreeters(t);
  const idle = holdings(serve);
  const rounded = (count: number): number => count - (count % 64);
  const comeAndGo = async (count: number): Promise<void> => {
    const refused = rounded(count / 4);
    assert.equal(await visit(serve, count, ['one', 'two']), `good ${rounded(count)} wrong 0 none 0\n`);
    assert.equal(await visit(serve, refused, ['closed']), `good 0 wrong 0 none ${refused}\n`);
    await eventually(() => assert.deepEqual(holdings(serve), idle));
  };
  await comeAndGo(warmUp);
  const before = residentKiB(serve);
  await comeAndGo(connections);
  const growth = residentKiB(serve) - before;
  t.diagnostic(`${connections} connections: ${growth} KiB`);
  // The heap of JavaScript goes up and down by 20 MiB; 300 bytes a connection are more after a hundred thousand.
  assert.ok(growth < 28_672, `${growth} KiB for ${connections} connections`);
  const log = readFileSync(`${serve.folder}/log`, 'latin1');
  const lines = (word: string): number => log.split(` ${word}: `).length - 1;
  const served = rounded(warmUp) + rounded(connections);
  assert.deepEqual([lines('START'), lines('EXIT')], [served, served]);
  serve.child.kill('SIGABRT');
  await serve.waitFor(/Consistency check passed/);
  assert.doesNotMatch(serve.output, /ERROR|CRITICAL/);
});
