import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { main } from '../../src/commands/main.ts';
import { fakeIo } from '../support/fake-io.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function errorsOf(input: string, words: readonly string[], cwd?: string): Promise<string> {
  const io = fakeIo({ input, ...(cwd === undefined ? {} : { cwd }) });
  await main(['convert', ...words], io);
  return io.err();
}

const entry = (...lines: readonly string[]) =>
  [
    'service ftp',
    ...['{', 'socket_type = stream', 'wait = no', 'user = root', 'server = /usr/sbin/x', ...lines, '}', ''],
  ].join('\n');
const toInetd = ['--from=xinetd', '--to=inetd'];

test('a fault is named with its own line behind that of the entry', async () => {
  const err = await errorsOf(entry('instances = ten'), toInetd);
  assert.match(err, /^-:1: error: line 7: .* \[/);
});

test('a loss says what is missing', async () => {
  const err = await errorsOf(
    entry('instances = 50', 'per_source = 10', 'umask = 002', 'passenv = PATH'),
    toInetd,
  );
  assert.match(err, /instances 50: this inetd limits no servers/);
  assert.match(err, /per_source 10: this inetd counts no clients/);
  assert.match(err, /umask 002;/);
  assert.match(err, /passenv PATH: inetd hands/);
});

test('carriage returns of an xinetd.conf are named once', async () => {
  const err = await errorsOf(entry().replaceAll('\n', '\r\n'), toInetd);
  assert.equal(err.match(/\[crlf\]/g)?.length, 1);
});

test('tcpd without a daemon is named', async () => {
  const line = 'ftp stream tcp nowait root /usr/sbin/tcpd\n';
  assert.match(await errorsOf(line, []), /no daemon behind tcpd.* \[no-argv0\]/);
  assert.match(await errorsOf(line, ['--to=systemd']), /no daemon behind tcpd.* \[no-argv0\]/);
});

test('next steps can be pasted into a shell, and a dry run has none', async (t) => {
  const cwd = temporaryFolder(t);
  const line = 'ftp stream tcp nowait root /usr/sbin/x x\n';
  const words = ['--to=systemd', `--out-dir=${join('a b', "it's")}`];
  assert.doesNotMatch(await errorsOf(line, [...words, '--dry-run'], cwd), /next steps/);
  assert.match(await errorsOf(line, words, cwd), /^ {2}cp 'a b\/it'\\''s'\/\*\.socket /m);
});

test('of two services on one port the second socket is not enabled', async () => {
  const other = entry('type = UNLISTED', 'port = 21').replace('ftp', 'other');
  const err = await errorsOf(entry() + other, ['--from=xinetd', '--to=systemd']);
  assert.match(err, /^-:8: warning: .* \[duplicate\]$/m);
});

test('hosts.allow is spoken of where a converted entry asks it', async () => {
  const plain = 'ftp stream tcp nowait root /usr/sbin/in.ftpd in.ftpd\n';
  const wrapped = 'ftp stream tcp nowait root /usr/sbin/tcpd in.ftpd\n';
  const speaks = async (input: string, ...words: readonly string[]) =>
    (await errorsOf(input, ['--from=inetd', ...words])).includes('[libwrap-active]');
  assert.equal(await speaks(plain), true);
  assert.equal(await speaks(wrapped), false);
  assert.equal(await speaks(wrapped + plain.replace('ftp', 'telnet')), true);
  assert.equal(await speaks(plain, '--no-libwrap'), false);
  assert.equal(await speaks('ftp stream tcp\n'), false);
});

test('people are told that what looks like a comment is none; the recorded report has nothing of it', async () => {
  const input = 'ftp stream tcp nowait root /usr/sbin/in.ftpd in.ftpd -l # log all\n';
  for (const target of ['xinetd', 'systemd']) {
    const words = ['--from=inetd', `--to=${target}`];
    assert.match(await errorsOf(input, words), /^-:1: info: a # behind .* arguments .* \[trailing-hash\]\n/m);
    assert.doesNotMatch(await errorsOf(input, [...words, '--report=json']), /trailing-hash/);
  }
});
