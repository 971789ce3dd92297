import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wantsColor } from '../../src/commands/color.ts';

const terminal = { isTTY: true };
const pipe = {};

test('colours a terminal and nothing else by default', () => {
  assert.equal(wantsColor(terminal, {}), true);
  assert.equal(wantsColor(pipe, {}), false);
  assert.equal(wantsColor(terminal, { TERM: 'dumb' }), false);
});

test('the environment beats the kind of stream', () => {
  assert.equal(wantsColor(terminal, { NO_COLOR: '1' }), false);
  assert.equal(wantsColor(terminal, { NO_COLOR: '' }), true);
  assert.equal(wantsColor(pipe, { FORCE_COLOR: '1' }), true);
  assert.equal(wantsColor(terminal, { FORCE_COLOR: '0' }), false);
  assert.equal(wantsColor(pipe, { FORCE_COLOR: '1', NO_COLOR: '1' }), false);
});

test('the flag beats the environment', () => {
  assert.equal(wantsColor(pipe, { NO_COLOR: '1' }, 'always'), true);
  assert.equal(wantsColor(terminal, { FORCE_COLOR: '1' }, 'never'), false);
});
