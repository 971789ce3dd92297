import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { convertText } from '../support/convert-text.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ftp =
  'service ftp\n{\nsocket_type = stream\nwait = no\nuser = root\nserver = /usr/sbin/x\nflags = NOLIBWRAP\n}\n';
const rusersd =
  'service rusersd\n{\ntype = RPC\nrpc_version = 1-3\nsocket_type = dgram\nprotocol = udp\nwait = yes\nuser = root\nserver = /x\nflags = NOLIBWRAP\n}\n';

test('root needs no passwd file to be root', async (t) => {
  const etc = temporaryFolder(t);
  const { said } = await convertText(ftp, '--from=xinetd', '--to=inetd', `--etc=${etc}`);
  assert.deepEqual(said, ['1 I rate-default']);
});

test('a services file says nothing of RPC programs, and an rpc file nothing of services', async (t) => {
  const etc = temporaryFolder(t);
  writeFileSync(join(etc, 'services'), 'ftp 21/tcp\n');
  const words = ['--from=xinetd', '--to=inetd', `--etc=${etc}`];
  assert.deepEqual((await convertText(rusersd, ...words)).said, ['1 I rate-default']);
  writeFileSync(join(etc, 'rpc'), 'other 100099\n');
  assert.deepEqual((await convertText(rusersd, ...words)).said, ['1 E unknown-rpc']);
  const line = 'rusersd/1-3 dgram rpc/udp wait root /x x\ntelnet stream tcp nowait root /x x\n';
  assert.deepEqual((await convertText(line, `--etc=${etc}`)).said, [
    '1 W unknown-service',
    '2 W unknown-service',
  ]);
});
