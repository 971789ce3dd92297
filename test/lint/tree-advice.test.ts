import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintText } from './support/lint-text.ts';

test('a tcpmux service may have its master in another file that is read with it', () => {
  const client = 'tcpmux/date stream tcp nowait nobody /usr/libexec/date date\n';
  const master = 'tcpmux stream tcp nowait root internal\n';
  const orphans = (text: string, included: string) =>
    lintText(text, { '/etc/more': included }, '/etc/inetd.conf').filter(({ message }) =>
      message.includes('makes it reachable'),
    ).length;
  const include = '.include more\n';
  assert.equal(orphans(`${include}${client}`, master), 0);
  assert.equal(orphans(`${master}${include}`, client), 0);
  assert.equal(orphans(`${include}${client}`, `# ${master}`), 1);
  assert.equal(orphans(`${include}${client}`, client), 2);
});

test('entries of an included file have the address of the line above the include, to the next such line', () => {
  const line = '9000 stream tcp nowait nobody /usr/libexec/web web\n';
  const conflicts = (text: string, included: string) =>
    lintText(text, { '/etc/more': included }, '/etc/inetd.conf').filter(
      ({ code }) => code === 'correctness/port-conflict',
    ).length;
  const include = '.include more\n';
  assert.equal(conflicts(`192.0.2.1:\n${line}${include}`, line), 1);
  assert.equal(conflicts(`192.0.2.1:\n${line}${include}`, `192.0.2.2:\n${line}`), 0);
  assert.equal(conflicts(`192.0.2.1:\n${include}${line}`, `192.0.2.2:\n${line}`), 0);
  assert.equal(conflicts(`192.0.2.1:\n${line}*:\n${include}`, line), 1);
  assert.equal(conflicts(`192.0.2.1:\n${line}192.0.2.2:\n${line}`, ''), 0);
});
