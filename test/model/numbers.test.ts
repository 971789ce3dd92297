import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  parseLeadingInt,
  parseLong,
  parseStrictInteger,
  parseUnsignedLong,
  parseWrappedInt,
  parseWrappedOctal,
  parseWrappedUnsigned,
} from '../../src/model/numbers.ts';

test('signed numbers of 64 bits, as strtol reads whole words', () => {
  assert.equal(parseLong('+05'), 5n);
  assert.equal(parseLong('-9223372036854775808'), -(2n ** 63n));
  assert.equal(parseLong('9223372036854775808'), undefined);
  assert.equal(parseLong('5\r'), 5n);
  assert.equal(parseLong('\r'), 0n);
  for (const text of ['', '-', '5x', '0x5', '5.0', '1e3', ' 5'])
    assert.equal(parseLong(text), undefined, text);
});

test('int cuts to 32 bits without a check', () => {
  assert.equal(parseWrappedInt('4294967301'), 5);
  assert.equal(parseWrappedInt('2147483648'), -2147483648);
  assert.equal(parseWrappedInt('99999999999999999999'), undefined);
});

test('unsigned numbers wrap below zero', () => {
  assert.equal(parseUnsignedLong('-1'), 2n ** 64n - 1n);
  assert.equal(parseUnsignedLong('18446744073709551616'), undefined);
  assert.equal(parseWrappedUnsigned('-1'), 4294967295);
  assert.equal(parseWrappedUnsigned('99999999999'), 1215752191);
});

test('the strict reading knows no looseness', () => {
  assert.equal(parseStrictInteger('20', 0, 20), 20);
  assert.equal(parseStrictInteger('21', 0, 20), undefined);
  assert.equal(parseStrictInteger('-1', 0, 20), undefined);
  assert.equal(parseStrictInteger('5\r', 0, 20), undefined);
  assert.equal(parseStrictInteger('00000000000000000005', 0, 20), undefined);
});

test('umask is octal', () => {
  assert.equal(parseWrappedOctal('022'), 0o22);
  assert.equal(parseWrappedOctal('00000000000000000000022'), 0o22);
  assert.equal(parseWrappedOctal('40000000022'), 0o22);
  assert.equal(parseWrappedOctal('-1'), -1);
  assert.equal(parseWrappedOctal('\v022\r'), 0o22);
  assert.equal(parseWrappedOctal('8'), undefined);
  assert.equal(parseWrappedOctal('1000000000000000000000'), undefined);
});

test('the number that a text begins with', () => {
  const cases = { '8': 8, '-8': -8, '+8x': 8, '-0x': 0, '4294967304': 8, '-4294967288': 8, '\v8': 8 };
  for (const [text, value] of Object.entries(cases)) assert.equal(parseLeadingInt(text), value, text);
  assert.equal(parseLeadingInt('99999999999999999999'), -1);
  assert.equal(parseLeadingInt('-99999999999999999999'), -1);
  for (const text of ['', '-', '+', 'x8', '- 8']) assert.equal(parseLeadingInt(text), undefined, text);
});
