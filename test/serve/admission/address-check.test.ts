import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ipv4Bytes, parseDottedQuad } from '../../../src/model/addresses/ipv4.ts';
import type { AccessItem, AddressPattern, Service } from '../../../src/model/service.ts';
import { type AddressCheck, checkOfAddresses } from '../../../src/serve/admission/address-check.ts';
import { leastCpuTime } from '../../support/cpu-time.ts';
import { makeService } from '../support/service.ts';

function item(text: string): AccessItem {
  const [address = '', prefix] = text.split('/');
  const bytes = ipv4Bytes(parseDottedQuad(address) ?? 0);
  const pattern: AddressPattern =
    prefix === undefined
      ? { kind: 'address', text, version: 4, bytes }
      : { kind: 'network', text, version: 4, bytes, prefix: Number(prefix) };
  return { pattern, location: { source: makeService().location.source, range: { start: 13, end: 14 } } };
}

function check(lists: Partial<Service>): AddressCheck {
  const made = checkOfAddresses(makeService(lists));
  assert.ok(made !== null);
  return made;
}

test('without lists there is nothing to check', () => {
  assert.equal(checkOfAddresses(makeService()), null);
});

test('only_from admits what it names and nobody else', () => {
  const { decide } = check({ onlyFrom: [item('10.0.0.0/8')] });
  assert.equal(decide('10.1.2.3').admitted, true);
  const refused = decide('192.0.2.1');
  assert.equal(refused.admitted, false);
  assert.equal(!refused.admitted && refused.reason, 'address');
  assert.equal(decide('2001:db8::1').admitted, false);
});

test('of both lists the word that fits better wins, and a refusal names it', () => {
  const { decide } = check({ onlyFrom: [item('10.0.0.0/8')], noAccess: [item('10.1.0.0/16')] });
  assert.equal(decide('10.2.0.1').admitted, true);
  const refused = decide('10.1.0.1');
  assert.equal(!refused.admitted && refused.explanation, 'no_access 10.1.0.0/16');
  assert.equal(!refused.admitted && refused.location?.range.start, 13);
  const { decide: other } = check({ onlyFrom: [item('10.1.2.3')], noAccess: [item('10.1.0.0/16')] });
  assert.equal(other('10.1.2.3').admitted, true);
});

test('an empty only_from admits nobody', () => {
  assert.equal(check({ onlyFrom: [] }).decide('127.0.0.1').admitted, false);
});

test('what is no address is refused', () => {
  assert.equal(check({ onlyFrom: [item('0.0.0.0/0')] }).decide('').admitted, false);
});

test('a hundred thousand addresses cost about what one costs', () => {
  const many = Array.from({ length: 100_000 }, (_, at) =>
    item(`10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`),
  );
  const timeOf = ({ decide }: AddressCheck) =>
    leastCpuTime(() => {
      for (let client = 0; client < 20_000; client++) decide('192.0.2.1');
    });
  const ratio = timeOf(check({ onlyFrom: many })) / timeOf(check({ onlyFrom: [item('10.0.0.1')] }));
  assert.ok(ratio < 100, `${ratio.toFixed(1)} times the time of one address`);
});
