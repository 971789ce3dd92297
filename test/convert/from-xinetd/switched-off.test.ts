import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convertText } from '../../support/convert-text.ts';

const entry = (...lines: readonly string[]) =>
  ['service ftp', ...lines, 'socket_type = stream', 'wait = no', 'user = root', 'server = /x', '}', ''].join(
    '\n',
  );
const toInetd = (text: string) => convertText(text, '--from=xinetd', '--to=inetd');
const line = /^ftp\tstream/m;

test('a switch that the daemon passes over switches nothing off', async () => {
  for (const fault of ['disable = yes # not now', 'disable += yes', 'disable = no\ndisable = yes']) {
    const { output, said } = await toInetd(entry('{', fault));
    assert.match(output, line);
    assert.ok(
      said.some((each) => / W (?:wrong-value-count|bad-operator|repeated-attribute)$/.test(each)),
      said.join('\n'),
    );
    const units = await convertText(entry('{', fault), '--from=xinetd', '--to=systemd');
    assert.doesNotMatch(units.output, /Disabled/);
  }
});

test('lines that are passed over are named in entries that are switched off, too', async () => {
  const { output, said } = await toInetd(
    entry('{', 'disable = yes', 'frobnicate = 1', 'per_source = 5 # five'),
  );
  assert.match(output, /^#<off># ftp\t/m);
  assert.ok(
    said.includes('4 W unknown-attribute') && said.includes('5 W wrong-value-count'),
    said.join('\n'),
  );
});

test('a faulty entry that is switched off stays as a comment', async () => {
  for (const text of [
    entry('{', 'disable = yes', 'instances = ten'),
    entry('disable = yes'),
    'service ftp\n{\ndisable = yes\nsocket_type = stream\nwait = no\nuser = root\n}\n',
  ]) {
    const { output, status, said } = await toInetd(text);
    assert.equal(status, 1);
    assert.match(said.join('\n'), /^1 E /m);
    assert.match(output, /^# xcfg: line 1 not converted: /m);
  }
});
