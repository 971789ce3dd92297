import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Service } from '../../../src/model/service.ts';
import { describeRefusal } from '../../../src/serve/prepare/refusal.ts';
import { findUnenforced } from '../../../src/serve/prepare/unenforced.ts';
import { makeService } from '../support/service.ts';

const noRules = { libwrapRules: false };
const host = { pattern: { kind: 'host', text: 'www.example.org' }, location: null } as const;
const domain = { pattern: { kind: 'domain', text: '.example.org' }, location: null } as const;

const refused: readonly (readonly [name: string, attributes: Partial<Service>, attribute: string])[] = [
  ['a host name in only_from', { onlyFrom: [host] }, 'only_from'],
  ['a domain in no_access', { noAccess: [domain] }, 'no_access'],
  ['datagrams without wait', { socketType: 'dgram', protocol: 'udp' }, 'wait'],
  ['raw packets without wait', { socketType: 'raw', protocol: 'icmp' }, 'wait'],
  ['a stream of udp', { protocol: 'udp' }, 'protocol'],
  ['a stream of udp6', { protocol: 'udp6' }, 'protocol'],
  ['datagrams of tcp', { socketType: 'dgram', protocol: 'tcp', wait: true }, 'protocol'],
  ['packets in sequence of tcp', { socketType: 'seqpacket' }, 'protocol'],
  [
    'v6only on a socket of IPv4',
    { v6only: true, origins: new Map([['v6only', [{ from: 'entry', location: null }]]]) },
    'v6only',
  ],
  ['a built-in service', { types: ['INTERNAL'] }, 'type'],
  ['an RPC service', { types: ['RPC'] }, 'type'],
  ['a redirection', { redirect: { host: 'localhost', port: 25 } }, 'redirect'],
  ['SENSOR', { flags: ['SENSOR'] }, 'flags'],
  ['IDONLY', { flags: ['IDONLY'] }, 'flags'],
  ['INTERCEPT', { flags: ['INTERCEPT'] }, 'flags'],
  ['libwrap by name', { libwrap: 'sshd' }, 'libwrap'],
];

for (const [name, attributes, attribute] of refused) {
  test(`${name} is refused, not served open`, () => {
    const refusals = findUnenforced(makeService(attributes), noRules);
    assert.deepEqual(
      refusals.map((refusal) => refusal.attribute),
      [attribute],
    );
  });
}

test('what can be honoured is not refused', () => {
  const service = makeService({
    accessTimes: [{ start: 0, end: 60 }],
    maxLoad: 3,
    instances: 1,
    perSource: 1,
  });
  assert.deepEqual(findUnenforced(service, noRules), []);
});

test('rules in hosts.allow or hosts.deny close every block that does not say NOLIBWRAP', () => {
  const rules = { libwrapRules: true };
  assert.equal(findUnenforced(makeService(), rules).length, 1);
  assert.deepEqual(findUnenforced(makeService({ flags: ['NOLIBWRAP'] }), rules), []);
  assert.deepEqual(findUnenforced(makeService({ syntax: 'line' }), rules), [], 'inetd leaves that to tcpd');
});

test('a refusal names file, line and attribute', () => {
  const { location } = makeService();
  const at = { source: location.source, range: { start: 13, end: 14 } };
  const service = makeService({
    flags: ['SENSOR'],
    origins: new Map([['flags', [{ from: 'entry', location: at }]]]),
  });
  const [refusal] = findUnenforced(service, noRules);
  assert.equal(
    refusal && describeRefusal(refusal),
    'Service test is not started: flags: SENSOR is not supported yet (/etc/xinetd.conf:2)',
  );
});
