import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import {
  daemonEnvironment,
  daemonPath,
  inPrivateNetwork,
  withoutDaemons,
  withoutPrivateNetwork,
} from './daemons.ts';

test('the fetched xinetd runs', { skip: withoutDaemons('xinetd') }, () => {
  const { status, stderr } = spawnSync(daemonPath('xinetd') ?? '', ['-version'], {
    env: daemonEnvironment(),
    encoding: 'utf8',
  });
  assert.match(stderr, /2\.3\.15/);
  assert.equal(status, 0);
});

test('a private network has a loopback device and nothing else', { skip: withoutPrivateNetwork() }, () => {
  const [command = '', ...args] = inPrivateNetwork(['ip', '-o', 'link']);
  const { stdout } = spawnSync(command, args, { encoding: 'utf8' });
  const up = stdout.split('\n').filter((line) => /[<,]UP[,>]/.test(line));
  assert.equal(up.length, 1);
  assert.match(up[0] ?? '', /\blo:/);
});
