import assert from 'node:assert/strict';
import { isIPv6 } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  formatIpv4,
  ipv4Bytes,
  ipv4Mask,
  ipv4Value,
  parseDottedQuad,
  parseInetAton,
  prefixOfMask,
  wildcardPrefix,
} from '../../../src/model/addresses/ipv4.ts';
import { formatIpv6, ipv6Mask, mappedIpv4, parseIpv6 } from '../../../src/model/addresses/ipv6.ts';

test('four decimal octets and nothing else', () => {
  assert.equal(parseDottedQuad('10.1.2.3'), 0x0a010203);
  for (const text of ['10.1.2', '010.1.2.3', '10.1.2.256', '10.1.2.3.', '10.1.2.x', '']) {
    assert.equal(parseDottedQuad(text), undefined, text);
  }
});

test('what inet_aton takes: short forms, octal and hexadecimal', () => {
  const cases = {
    '10': '0.0.0.10',
    '10.1': '10.0.0.1',
    '10.1.2': '10.1.0.2',
    '10.1.65535': '10.1.255.255',
    '010.0.0.1': '8.0.0.1',
    '0x7f000001': '127.0.0.1',
    '4294967295': '255.255.255.255',
  };
  for (const [text, address] of Object.entries(cases)) {
    assert.equal(formatIpv4(parseInetAton(text) ?? 0), address, text);
  }
  for (const text of [
    '256.1',
    '10.16777216',
    '4294967296',
    '08.1.1.1',
    '0x',
    '1.2.3.4.5',
    '10.',
    '1.2.3.4\r',
  ]) {
    assert.equal(parseInetAton(text), undefined, text);
  }
});

test('masks, prefixes and wildcards', () => {
  for (let prefix = 0; prefix <= 32; prefix += 1) assert.equal(prefixOfMask(ipv4Mask(prefix)), prefix);
  assert.equal(prefixOfMask(0xff00ff00), undefined);
  const wild = {
    '10.1.2.3': 32,
    '10.1.2.0': 24,
    '10.1.0.0': 16,
    '10.0.0.0': 8,
    '0.0.0.0': 0,
    '10.0.2.0': 24,
  };
  for (const [text, prefix] of Object.entries(wild)) {
    assert.equal(wildcardPrefix(parseDottedQuad(text) ?? 1), prefix, text);
  }
  assert.equal(formatIpv6(ipv6Mask(35)), 'ffff:ffff:e000::');
  assert.equal(formatIpv6(ipv6Mask(128)), 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff');
});

test('IPv4 values and their forms belong together', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (value) => {
      assert.equal(parseDottedQuad(formatIpv4(value)), value);
      assert.equal(ipv4Value(ipv4Bytes(value)), value);
    }),
  );
});

test('IPv6 is written as inet_ntop writes it', () => {
  const cases = {
    '2001:DB8:0:0:0:0:0:A': '2001:db8::a',
    '0:0:0:0:0:0:0:0': '::',
    '::1': '::1',
    '1:0:0:2:0:0:0:3': '1:0:0:2::3',
    '::ffff:10.1.2.3': '::ffff:10.1.2.3',
    '::1.2.3.4': '::1.2.3.4',
    '1:2:3:4:5:6:7:0': '1:2:3:4:5:6:7:0',
  };
  for (const [text, form] of Object.entries(cases)) {
    const bytes = parseIpv6(text);
    assert.ok(bytes !== undefined, text);
    assert.equal(formatIpv6(bytes), form);
  }
});

test('the reader takes what node takes for IPv6', () => {
  const group = fc.constantFrom('0', '1', 'ffff', '12345', 'g', '', '1.2.3.4', '::');
  fc.assert(
    fc.property(fc.array(group, { maxLength: 9 }), (groups) => {
      const text = groups.join(':').replaceAll(':::', '::');
      assert.equal(parseIpv6(text) !== undefined, isIPv6(text), text);
    }),
    { numRuns: 2000 },
  );
});

test('IPv4 inside IPv6', () => {
  assert.equal(mappedIpv4(parseIpv6('::ffff:10.1.2.3') ?? new Uint8Array()), 0x0a010203);
  assert.equal(mappedIpv4(parseIpv6('::10.1.2.3') ?? new Uint8Array()), undefined);
});
