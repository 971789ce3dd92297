import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convertText, entriesOf } from '../../support/convert-text.ts';

test('versions that xinetd rejects are an error', async () => {
  const { output, said, status } = await convertText(
    'rusersd/1,3 dgram rpc/udp wait root /usr/sbin/rpc.rusersd rpc.rusersd\n',
  );
  assert.equal(status, 1);
  assert.deepEqual(said, ['1 E rpc-version']);
  assert.deepEqual(entriesOf(output), []);
});

test('a service without a name is an error', async () => {
  for (const word of ['tcpmux/', 'tcpmux/+']) {
    const { said, status } = await convertText(`${word} stream tcp nowait root /bin/date date\n`);
    assert.equal(status, 1);
    assert.deepEqual(said, ['1 E missing-field']);
  }
});
