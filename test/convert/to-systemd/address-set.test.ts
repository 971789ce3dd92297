import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AddressSet, addressBits, type Network } from '../../../src/convert/to-systemd/address-set.ts';
import { networkText } from '../../../src/convert/to-systemd/address-text.ts';
import { leastCpuTime } from '../../support/cpu-time.ts';

/** Networks that crowd in a corner of the address space, so that they overlap and touch often. */
const network = fc
  .record({
    version: fc.constantFrom<4 | 6>(4, 6),
    corner: fc.bigInt({ min: 0n, max: 255n }),
    isAtTop: fc.boolean(),
    hostBits: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ version, corner, isAtTop, hostBits }): Network => {
    const bits = addressBits(version);
    const top = (1n << BigInt(bits)) - 256n;
    return { version, address: isAtTop ? top + corner : corner, prefix: bits - hostBits };
  });

function slowlyContains(networks: readonly Network[], version: 4 | 6, address: bigint): boolean {
  return networks.some((each) => {
    const hostBits = BigInt(addressBits(version) - each.prefix);
    return each.version === version && each.address >> hostBits === address >> hostBits;
  });
}

/** Every address near the corners, the neighbours of the largest networks included. */
function* samples(version: 4 | 6): Generator<bigint> {
  const end = 1n << BigInt(addressBits(version));
  for (let at = 0n; at < 1100n; at += 1n) yield at;
  for (let at = end - 1100n; at < end; at += 1n) yield at;
}

test('only_from without no_access admits exactly whom the slow reading admits', () => {
  const lists = fc.array(network, { maxLength: 12 });
  fc.assert(
    fc.property(lists, lists, (allowed, denied) => {
      const result = AddressSet.of(allowed).without(AddressSet.of(denied));
      const printed = result.networks();
      for (const version of [4, 6] as const) {
        for (const address of samples(version)) {
          const expected =
            slowlyContains(allowed, version, address) && !slowlyContains(denied, version, address);
          assert.equal(result.has(version, address), expected);
          assert.equal(slowlyContains(printed, version, address), expected);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('the list of networks is the shortest: none can be joined with another', () => {
  fc.assert(
    fc.property(fc.array(network, { maxLength: 20 }), (networks) => {
      const printed = AddressSet.of(networks).networks();
      const known = new Set(printed.map((each) => `${each.version} ${each.address} ${each.prefix}`));
      for (const { version, address, prefix } of printed) {
        const size = 1n << BigInt(addressBits(version) - prefix);
        assert.ok(!known.has(`${version} ${address ^ size} ${prefix}`));
      }
    }),
  );
});

test('a hole in a large network becomes the prefixes around it', () => {
  const all: Network = { version: 4, address: 0x0a000000n, prefix: 8 };
  const hole: Network = { version: 4, address: 0x0a010000n, prefix: 16 };
  const rest = AddressSet.of([all]).without(AddressSet.of([hole]));
  assert.deepEqual(rest.networks().map(networkText), [
    '10.0.0.0/16',
    '10.2.0.0/15',
    '10.4.0.0/14',
    '10.8.0.0/13',
    '10.16.0.0/12',
    '10.32.0.0/11',
    '10.64.0.0/10',
    '10.128.0.0/9',
  ]);
});

test('twenty times the addresses take about twenty times the time', () => {
  const timeOf = (count: number) => {
    const many = Array.from(
      { length: count },
      (_, at): Network => ({ version: 4, address: BigInt(at * 2), prefix: 32 }),
    );
    const holes = many.filter((_, at) => at % 2 === 0);
    return leastCpuTime(() => {
      const rest = AddressSet.of(many).without(AddressSet.of(holes));
      assert.equal(rest.networks().length, count / 2);
    }, 3);
  };
  const ratio = timeOf(100_000) / timeOf(5_000);
  // 400 where each is compared with all.
  assert.ok(ratio < 150, `${ratio} times`);
});

test('IPv6 is written as RFC 5952 wants it', () => {
  const cases: readonly (readonly [bigint, string])[] = [
    [0n, '::'],
    [1n, '::1'],
    [0x20010db8000000000000000000000001n, '2001:db8::1'],
    [0x20010db8000000010000000000000000n, '2001:db8:0:1::'],
    [0x20010db8000100010001000000010001n, '2001:db8:1:1:1:0:1:1'],
  ];
  for (const [address, text] of cases) assert.equal(networkText({ version: 6, address, prefix: 128 }), text);
});
