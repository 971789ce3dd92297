import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convertText, entriesOf } from '../../support/convert-text.ts';

const text = [
  '#<off># tcpmux stream tcp nowait root internal',
  'tcpmux/+date stream tcp nowait root /bin/date date',
  '',
].join('\n');

test('GNU inetd opens the port of tcpmux also beside an entry that is switched off', async () => {
  const { output, said } = await convertText(text, '--dialect=gnu');
  assert.deepEqual(said, ['0 I tcpmux-added']);
  const ids = entriesOf(output).map((entry) => [/ id=(\S+)/.exec(entry)?.[1], entry.includes('disable=yes')]);
  assert.deepEqual(ids, [
    ['tcpmux-stream', true],
    [undefined, false],
    ['tcpmux-stream-2', false],
  ]);
});

test('to the others its services are out of reach then', async () => {
  for (const dialect of ['debian', 'freebsd', 'netbsd']) {
    assert.deepEqual((await convertText(text, `--dialect=${dialect}`)).said, ['0 W tcpmux-missing']);
  }
});
