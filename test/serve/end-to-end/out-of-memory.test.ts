import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { compileProbe } from '../../native/harness.ts';
import { eventually } from '../../support/eventually.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { childrenOf } from '../support/children.ts';
import { talk } from '../support/clients.ts';
import { removeMemoryGroup, withMemory, withoutMemoryGroups } from '../support/memory-group.ts';
import { startServe, withoutServe } from '../support/serve-process.ts';
import { entry } from '../support/service-text.ts';

const skip = withoutServe();
const args = ['--service-log', 'stderr'];
const shortOfMemory = compileProbe('short-of-memory');

/** Why system calls cannot be made to fail here, or false. */
function withoutFailures(): string | false {
  const { status, stderr } = spawnSync(shortOfMemory, ['/none', 'true'], { encoding: 'utf8' });
  return status !== 0 && `system calls cannot be made to fail here: ${stderr.trim()}`;
}

test('without memory for a process, a program or a connection clients wait, and are served when there is some', {
  skip: skip || withoutFailures(),
}, async (t) => {
  const failing = join(temporaryFolder(t), 'failing');
  const serve = await startServe(t, {
    args,
    under: [shortOfMemory, failing],
    config:
      entry('patient', { server: '/bin/echo', server_args: 'hello' }) +
      entry('hasty', { server: '/bin/echo', flags: 'NORETRY NOLIBWRAP' }),
  });
  const [patient, hasty] = [await serve.port('patient'), await serve.port('hasty')];
  const failures = (): number =>
    serve.output.match(/patient: fork failed: Not enough memory \(errno = 12\)/g)?.length ?? 0;
  writeFileSync(failing, 'clone');
  const first = talk(patient);
  await eventually(() => assert.equal(failures(), 1));
  assert.equal(await talk(hasty), '');
  await serve.waitFor(/FAIL: hasty fork from=127\.0\.0\.1/);
  writeFileSync(failing, 'execve');
  const second = talk(patient);
  await eventually(() => assert.equal(failures(), 2));
  writeFileSync(failing, 'accept4');
  const third = talk(patient);
  await serve.waitFor(/accept: Not enough memory \(errno = 12\): clients wait until servers end/);
  rmSync(failing);
  assert.deepEqual(await Promise.all([first, second, third]), ['hello\n', 'hello\n', 'hello\n']);
  await serve.waitFor(/accepting connections again/);
  // What a server's end is told by: without it the daemon looks for itself.
  writeFileSync(failing, 'pidfd_open');
  assert.equal(await talk(patient), 'hello\n');
  await eventually(() => assert.equal(serve.output.match(/EXIT: patient status=0/g)?.length, 4));
  assert.deepEqual(childrenOf(serve.pid), []);
  serve.child.kill('SIGABRT');
  await serve.waitFor(/Consistency check passed/);
});

test('a server that uses up the memory of the machine is ended by the kernel, and nobody else', {
  skip: skip || withoutMemoryGroups,
}, async (t) => {
  const serve = await startServe(t, {
    args,
    under: withMemory(256 * 1024 * 1024),
    config:
      entry('greedy', { server: '/usr/bin/tail', server_args: '-n 1 /dev/zero' }) +
      entry('modest', { server: '/bin/echo', server_args: 'hello' }),
  });
  removeMemoryGroup(t);
  const [greedy, modest] = [await serve.port('greedy'), await serve.port('modest')];
  assert.equal(await talk(greedy), '');
  await serve.waitFor(/EXIT: greedy signal=9 /);
  assert.equal(await talk(modest), 'hello\n');
});
