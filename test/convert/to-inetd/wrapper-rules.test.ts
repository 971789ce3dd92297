import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convertText } from '../../support/convert-text.ts';

const service = (name: string, ...lines: readonly string[]) =>
  [
    `service ${name}`,
    ...['{', 'socket_type = stream', 'protocol = tcp', 'wait = no', 'user = root', ...lines, '}', ''],
  ].join('\n');
const vsftpd = 'server = /usr/sbin/vsftpd';
const ftp = service('ftp', vsftpd, 'only_from = 10.0.0.0/8');
const port2121 = (...lines: readonly string[]) =>
  service('ftp2', 'type = UNLISTED', 'port = 2121', vsftpd, ...lines);

const wrapped = (text: string) => convertText(text, '--from=xinetd', '--to=inetd', '--tcpd');

test('services of one server with different rules do not open one another', async () => {
  const { output, status, said } = await wrapped(ftp + port2121('only_from = 192.168.7.1'));
  assert.equal(status, 1);
  assert.ok(said.includes('10 E access-lost'), said.join('\n'));
  assert.match(output, /^# {3}vsftpd: 10\.$/m);
  assert.doesNotMatch(output, /192\.168\.7\.1/);
  assert.match(output, /^ftp\t/m);
  assert.doesNotMatch(output, /^2121\t/m);
});

test('nor does a service without rules stand under those of another one', async () => {
  const { status, said } = await wrapped(ftp + port2121());
  assert.equal(status, 1);
  assert.ok(said.includes('10 E access-lost'), said.join('\n'));
});

test('of two such services the one that is switched off gives way', async () => {
  const { output, said } = await wrapped(port2121('disable = yes', 'only_from = 1.2.3.4') + ftp);
  assert.ok(said.includes('1 E access-lost'), said.join('\n'));
  assert.match(output, /^ftp\t/m);
});

test('services of one server with the same rules share them', async () => {
  const { output, status } = await wrapped(ftp + port2121('only_from = 10.0.0.0/8'));
  assert.equal(status, 0);
  assert.match(output, /^2121\t/m);
  assert.equal(output.match(/vsftpd: 10\./g)?.length, 1);
});

test('a name of its own that tcpd takes from a server is named', async () => {
  const text = service('ftp', 'flags = NAMEINARGS', vsftpd, 'server_args = wu.ftpd -l');
  assert.ok((await wrapped(text)).said.includes('1 W argv0-lost'));
  const units = await convertText(text, '--from=xinetd', '--to=systemd', '--tcpd');
  assert.ok(units.said.includes('1 W argv0-lost'));
});
