import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closestWord } from '../../src/text/closest-word.ts';

test('suggests the nearest word', () => {
  assert.equal(closestWord('formta', ['fix', 'format', 'form']), 'format');
  assert.equal(closestWord('log_on_succes', ['log_on_failure', 'log_on_success']), 'log_on_success');
});

test('suggests nothing that is no likely slip', () => {
  assert.equal(closestWord('zebra', ['lint', 'convert']), undefined);
  assert.equal(closestWord('ab', ['xy']), undefined);
  assert.equal(closestWord('x', ['y']), undefined);
  assert.equal(closestWord('x', []), undefined);
});
