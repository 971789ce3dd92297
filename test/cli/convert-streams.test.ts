import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { launcher } from '../support/run-xcfg.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const line = 'ftp stream tcp nowait root /usr/sbin/x x\nbad\n';
const isLinux = process.platform === 'linux';

function shell(script: string, ...words: readonly string[]) {
  const { status, stderr, stdout } = spawnSync(
    'sh',
    ['-c', script, 'sh', process.execPath, launcher, ...words],
    {
      encoding: 'utf8',
      input: line,
    },
  );
  return { status, stderr, stdout };
}

test('a closed standard output is a message and status 2', { skip: !isLinux }, () => {
  for (const words of [['convert'], ['convert', '--to=systemd']]) {
    const { status, stderr } = shell('"$@" >&-', ...words);
    assert.equal(status, 2);
    assert.match(stderr, /^xcfg: standard output: is closed \(or /);
  }
});

test('so is a closed standard input that is to be read', { skip: !isLinux }, () => {
  const { status, stderr } = shell('"$@" <&-', 'convert');
  assert.deepEqual([status, stderr], [2, 'xcfg: standard input: is closed\n']);
});

test('output that is thrown away in a shell is none of these', () => {
  assert.equal(shell('"$@" > /dev/null', 'convert').status, 1);
  assert.equal(shell('"$@" < /dev/null', 'convert').status, 0);
});

test('a reader that goes away leaves the report and a status that is no success', async (t) => {
  const file = join(temporaryFolder(t), 'inetd.conf');
  writeFileSync(file, `${line}telnet stream tcp nowait root /usr/sbin/x x\n`);
  const child = spawn(process.execPath, [launcher, 'convert', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const [status] = (await once(child, 'close')) as [number];
  assert.equal(status, 2);
  assert.match(stderr, /^.*:2: error: .* \[missing-field\]\ninfo: xinetd consults [^\n]*\n$/);
});
