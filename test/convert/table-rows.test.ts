import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { convertText } from '../support/convert-text.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const entry = (...lines: readonly string[]) =>
  ['service ftp', ...['{', 'socket_type = stream', 'wait = no', 'user = root', ...lines, '}', '']].join('\n');
const server = 'server = /usr/sbin/x';

async function said(text: string, ...words: readonly string[]): Promise<readonly string[]> {
  return (await convertText(text, ...words)).said;
}

const toSystemd = (text: string, ...words: readonly string[]) =>
  said(text, '--from=xinetd', '--to=systemd', ...words);
const toInetd = (text: string) => said(text, '--from=xinetd', '--to=inetd');
const always = { systemd: ['1 I libwrap'], inetd: ['1 I rate-default', '1 W libwrap-lost'] };

test('rules in hosts.allow make their loss a warning', async (t) => {
  const etc = temporaryFolder(t);
  writeFileSync(join(etc, 'hosts.allow'), '# nothing\n\n');
  assert.deepEqual(await toSystemd(entry(server), `--etc=${etc}`), ['1 I libwrap']);
  writeFileSync(join(etc, 'hosts.deny'), '# all\nALL: ALL\n');
  assert.deepEqual(await toSystemd(entry(server), `--etc=${etc}`), ['1 W libwrap']);
});

test('a script is told of the other variables', async (t) => {
  const root = temporaryFolder(t);
  writeFileSync(join(root, 'check'), '#!/bin/sh\n');
  writeFileSync(join(root, 'binary'), '\x7fELF');
  const remarks = async (path: string) => (await toSystemd(entry(`server = ${path}`))).slice(1);
  assert.deepEqual(await remarks('/opt/check.sh'), ['1 I remote-host']);
  assert.deepEqual(await remarks(join(root, 'check')), ['1 I remote-host']);
  assert.deepEqual(await remarks(join(root, 'binary')), []);
});

test('a name without a port is no unit', async () => {
  const text = entry(server).replace('ftp', 'nosuch');
  assert.deepEqual(await toSystemd(text), ['1 E port']);
});

test('mdns is lost to inetd.conf and nothing to units', async () => {
  assert.deepEqual(await toSystemd(entry(server, 'mdns = yes')), always.systemd);
  const there = await toInetd(entry(server, 'mdns = yes'));
  assert.deepEqual([...there].sort(), [...always.inetd, '1 W mdns-lost'].sort());
});

test('INTERCEPT is lost also where the daemon takes it away', async () => {
  const text = entry(server, 'flags = INTERCEPT');
  assert.ok((await toSystemd(text)).includes('1 W intercept-lost'));
  const there = await toInetd(text);
  assert.equal(there.filter((each) => each === '1 W intercept-lost').length, 1);
});

test('deny_time is lost whether there is a sensor or not', async () => {
  const text = entry(server, 'deny_time = 5');
  assert.ok((await toSystemd(text)).includes('1 E sensor'));
  assert.ok((await toInetd(text)).includes('1 E sensor'));
});

test('transports of TLI are called that', async () => {
  const line = 'ftp stream ticotsord nowait root /usr/sbin/x x\n';
  assert.deepEqual(await said(line, '--dialect=solaris'), ['1 E tli']);
});

test('an indented line below nothing is named in the dialect that joins none, too', async () => {
  const line = ' ftp stream tcp nowait root /usr/sbin/x x\n';
  assert.deepEqual(await said(line, '--dialect=gnu'), ['1 W indented-first']);
  assert.deepEqual(await said(`# note\n${line}`, '--dialect=gnu'), ['2 W indented-first']);
  assert.deepEqual(await said(`${line.trimStart()} telnet${line.slice(4)}`, '--dialect=gnu'), []);
});

test('an address that does not suit its family is said to be taken', async () => {
  for (const lines of [
    ['bind = 127.0.0.1', 'flags = IPv6'],
    ['bind = ::1', 'flags = IPv4'],
  ]) {
    assert.ok((await toSystemd(entry(server, ...lines))).includes('1 W bind-family'), lines.join());
    assert.ok((await toInetd(entry(server, ...lines))).includes('1 W bind-family'), lines.join());
  }
  assert.deepEqual(await toSystemd(entry(server, 'bind = 127.0.0.1', 'flags = IPv4')), always.systemd);
});
