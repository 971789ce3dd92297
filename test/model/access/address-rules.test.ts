import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AddressRules } from '../../../src/model/access/address-rules.ts';
import { asMapped, type ClientAddress, clientAddress } from '../../../src/model/access/client-address.ts';
import { readAddressWord } from '../../../src/model/addresses/word.ts';
import { quirksOf } from '../../../src/model/profiles.ts';
import type { AccessItem, AddressPattern } from '../../../src/model/service.ts';
import { leastCpuTime } from '../../support/cpu-time.ts';
import { oracleTables } from '../../support/oracle-host.ts';

const tables = oracleTables();
const daemonQuirks = quirksOf('xinetd-2.3.15.3');
const serveQuirks = quirksOf('serve');

function items(words: readonly string[] | null): readonly AccessItem[] | null {
  if (words === null) return null;
  return words.flatMap((word) => {
    const read = readAddressWord(word, tables, serveQuirks);
    assert.ok('patterns' in read, word);
    return read.patterns.map((pattern) => ({ pattern, location: null }));
  });
}

function client(text: string): ClientAddress {
  const read = clientAddress(text);
  assert.ok(read !== undefined, text);
  return read;
}

/** The verdict of xinetd (reference 8), by looking at every word. */
function slowVerdict(
  onlyFrom: readonly AccessItem[] | null,
  noAccess: readonly AccessItem[] | null,
  who: ClientAddress,
  name: string | null,
): 'allowed' | 'refused' {
  const fits = (list: readonly AccessItem[]) => list.some(({ pattern }) => slowMatch(pattern, who, name));
  if (noAccess !== null && fits(noAccess)) return 'refused';
  return onlyFrom === null || fits(onlyFrom) ? 'allowed' : 'refused';
}

function slowMatch(pattern: AddressPattern, who: ClientAddress, name: string | null): boolean {
  switch (pattern.kind) {
    case 'host':
      return name !== null && name.toLowerCase() === pattern.text.toLowerCase();
    case 'domain':
      return name?.toLowerCase().endsWith(pattern.text.toLowerCase()) === true;
    default: {
      const prefix = pattern.kind === 'network' ? pattern.prefix : pattern.version === 4 ? 32 : 128;
      if (pattern.version === 6) return who.isSix && sameBits(pattern.bytes, who.six, prefix);
      return who.four !== null && sameBits(pattern.bytes, who.six.subarray(12), prefix);
    }
  }
}

function sameBits(a: Uint8Array, b: Uint8Array, count: number): boolean {
  const bit = (bytes: Uint8Array, at: number) => ((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1;
  for (let at = 0; at < count; at += 1) if (bit(a, at) !== bit(b, at)) return false;
  return true;
}

const octet = fc.constantFrom(0, 1, 2, 3, 10, 127, 255);
const four = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.'));
const group = fc.constantFrom('0', '1', 'ffff', '2001', 'db8', 'fe80');
const six = fc.tuple(...Array.from({ length: 8 }, () => group)).map((parts) => parts.join(':'));
const mapped = four.map((address) => `::ffff:${address}`);
const name = fc.constantFrom(
  'a.example.org',
  'B.Example.org',
  'example.org',
  'x.a.example.org',
  'a.example.com',
);
const word = fc.oneof(
  four,
  six,
  mapped,
  fc.tuple(four, fc.nat(32)).map(([address, prefix]) => `${address}/${prefix}`),
  fc.tuple(six, fc.nat(128)).map(([address, prefix]) => `${address}/${prefix}`),
  fc
    .tuple(octet, fc.array(octet, { minLength: 1, maxLength: 3 }))
    .map(([a, list]) => `10.${a}.{${list.join(',')}}`),
  fc.constantFrom('.example.org', '.a.example.org', 'localhost', 'v4host'),
);
const list = fc.option(fc.array(word, { maxLength: 12 }), { nil: null });
const clients = fc.oneof(four, six, mapped).map(client);

test('the index agrees with looking at every word, with the rule of xinetd', () => {
  fc.assert(
    fc.property(list, list, clients, fc.option(name, { nil: null }), (only, no, who, host) => {
      const [onlyFrom, noAccess] = [items(only), items(no)];
      const rules = new AddressRules({ onlyFrom, noAccess }, daemonQuirks);
      const known = who.isSix && who.four !== null ? null : host;
      assert.equal(rules.decide(who, host).verdict, slowVerdict(onlyFrom, noAccess, who, known));
    }),
    { numRuns: 2000 },
  );
});

test('the best match refuses nobody that no word refuses, and admits nobody that no word admits', () => {
  fc.assert(
    fc.property(list, list, clients, (only, no, who) => {
      const [onlyFrom, noAccess] = [items(only), items(no)];
      const { verdict } = new AddressRules({ onlyFrom, noAccess }, serveQuirks).decide(who, null);
      if (verdict === 'allowed') {
        assert.equal(slowVerdict(onlyFrom, null, asMapped(who), null), 'allowed');
      } else {
        assert.equal(slowVerdict(onlyFrom, noAccess, who, null) === 'refused' || no !== null, true);
      }
    }),
    { numRuns: 1000 },
  );
});

const decide = (
  only: readonly string[] | null,
  no: readonly string[] | null,
  from: string,
  host?: string | null,
) =>
  new AddressRules({ onlyFrom: items(only), noAccess: items(no) }, serveQuirks).decide(client(from), host)
    .verdict;

test('the better match decides, as in the example of the manual', () => {
  assert.equal(decide(['128.138.209.0'], ['128.138.209.10'], '128.138.209.10'), 'refused');
  assert.equal(decide(['128.138.209.0'], ['128.138.209.10'], '128.138.209.11'), 'allowed');
  assert.equal(decide(['10.1.2.3'], ['10.0.0.0/8'], '10.1.2.3'), 'allowed');
  assert.equal(decide(['10.1.2.3'], ['10.1.2.3'], '10.1.2.3'), 'refused');
  assert.equal(decide(['.example.org'], ['10.0.0.0/8'], '10.1.2.3', 'a.example.org'), 'refused');
  assert.equal(decide(['v4host'], ['10.0.0.0/8'], '10.1.2.3', 'v4host'), 'allowed');
});

test('a name is asked for only where it can turn the verdict', () => {
  assert.equal(decide(['.example.org'], null, '10.1.2.3'), 'needs-name');
  assert.equal(decide(['.example.org', '10.1.2.3'], null, '10.1.2.3'), 'allowed');
  assert.equal(decide(['10.1.2.3'], ['.example.org'], '10.1.2.3'), 'needs-name');
  assert.equal(decide(['.example.org'], ['10.1.2.3'], '10.1.2.3'), 'refused');
  assert.equal(decide(null, ['.example.org'], '10.1.2.3', null), 'allowed');
});

test('an empty list serves nobody; mapped words mean IPv4 clients', () => {
  assert.equal(decide([], null, '10.1.2.3'), 'refused');
  assert.equal(decide(['::ffff:10.1.2.3'], null, '10.1.2.3'), 'allowed');
  assert.equal(decide(['10.1.2.3'], null, '::ffff:10.1.2.3'), 'allowed');
  assert.equal(decide(['::/0'], null, '10.1.2.3'), 'refused');
  assert.equal(decide(null, ['::/0'], '10.1.2.3'), 'refused');
});

test('a hundred thousand words cost about what ten cost', () => {
  const many = Array.from(
    { length: 100_000 },
    (_, at) => `10.${at >> 16}.${(at >> 8) & 255}.${at & 255 || 1}`,
  );
  const rules = new AddressRules({ onlyFrom: items(many), noAccess: null }, serveQuirks);
  const few = new AddressRules({ onlyFrom: items(many.slice(0, 10)), noAccess: null }, serveQuirks);
  const stranger = client('192.0.2.1');
  const time = (which: AddressRules) =>
    leastCpuTime(() => {
      for (let round = 0; round < 20_000; round += 1) which.decide(stranger, null);
    });
  const ratio = time(rules) / time(few);
  // A list that is walked through would cost 10,000 times as much.
  assert.ok(ratio < 100, `${ratio} times`);
});
