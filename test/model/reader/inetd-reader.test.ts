import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceText } from '../../../src/text/source-text.ts';
import { droppedIn, resolveText, serviceOf } from '../../support/resolve-text.ts';

const path = '/etc/inetd.conf';

test('a line becomes a service with the rules of inetd', () => {
  const configuration = resolveText('ftp stream tcp nowait.40 nobody:daemon /bin/cat ftpd -l\n', { path });
  const ftp = serviceOf(configuration, 'ftp');
  assert.deepEqual(
    {
      port: ftp.port,
      family: ftp.family,
      v6only: ftp.v6only,
      user: ftp.user,
      group: ftp.group,
      groups: ftp.groups,
      argv: ftp.argv,
      cps: ftp.cps,
      maxPerMinute: ftp.maxPerMinute,
      syntax: ftp.syntax,
    },
    {
      port: 21,
      family: 'IPv6',
      v6only: false,
      user: { name: 'nobody', id: 65534, gid: 65534 },
      group: { name: 'daemon', id: 1 },
      groups: true,
      argv: ['ftpd', '-l'],
      cps: null,
      maxPerMinute: 40,
      syntax: 'line',
    },
  );
});

test('limits of FreeBSD: children wait, children and connections of one address are refused', () => {
  const { services } = resolveText('ftp stream tcp4 nowait/5/10/2 root /bin/cat\n', { path });
  const [ftp] = services;
  assert.deepEqual(
    [ftp?.maxChildren, ftp?.maxPerMinutePerSource, ftp?.perSource, ftp?.maxPerMinute, ftp?.argv],
    [5, 10, 2, 256, ['cat']],
  );
});

test('a rate of 0 is not "no limit"', () => {
  const { services } = resolveText('ftp stream tcp4 nowait.0 root /bin/cat\n', { path });
  assert.equal(services[0]?.maxPerMinute, 256);
});

test('versions of the protocol choose the family; dialects differ about the plain word', () => {
  const families = (word: string, dialect: 'auto' | 'gnu' | 'freebsd') =>
    resolveText(`8080 stream ${word} nowait root /bin/cat\n`, { path, dialect }).services.map(
      ({ family, v6only }) => [family, v6only],
    );
  assert.deepEqual(families('tcp', 'auto'), [['IPv6', false]]);
  assert.deepEqual(families('tcp', 'gnu'), [['IPv4', false]]);
  assert.deepEqual(families('tcp4', 'auto'), [['IPv4', false]]);
  assert.deepEqual(families('tcp6', 'auto'), [['IPv6', true]]);
  assert.deepEqual(families('tcp6', 'gnu'), [['IPv6', false]]);
  assert.deepEqual(families('tcp46', 'auto'), [['IPv6', false]]);
});

test('without a dialect the forms of the file tell it: FreeBSD’s tcp is IPv4 alone', () => {
  const families = (text: string) => resolveText(text, { path }).services.map(({ family }) => family);
  const plain = '8081 stream tcp nowait root /bin/cat\n';
  assert.deepEqual(families(`8080 stream tcp nowait/5 root /bin/cat\n${plain}`), ['IPv4', 'IPv4']);
  assert.deepEqual(families(`8080 stream tcp46 nowait/5 root /bin/cat\n${plain}`), ['IPv6', 'IPv4']);
  assert.deepEqual(families(plain), ['IPv6']);
});

test('each address of a line is a service, default addresses hold for the lines below', () => {
  const text = `127.0.0.1:
ftp stream tcp nowait root /bin/cat
*:
127.0.0.2,dual:8080 stream tcp nowait root /bin/cat
`;
  const { services } = resolveText(text, { path });
  assert.deepEqual(
    services.map(({ id, bind, family }) => [id, bind, family]),
    [
      ['ftp', '127.0.0.1', 'IPv4'],
      ['8080-tcp-127.0.0.2', '127.0.0.2', 'IPv4'],
      ['8080-tcp-::1', '::1', 'IPv6'],
      ['8080-tcp-127.0.0.3', '127.0.0.3', 'IPv4'],
    ],
  );
});

test('UNIX sockets, RPC, tcpmux and NetBSD definitions', () => {
  const text = `:root:daemon:600:/run/x stream unix nowait root /bin/cat
rstatd/1-3 dgram rpc/udp wait root /bin/cat
tcpmux/+mux stream tcp nowait root /bin/cat
echo on protocol=tcp4, wait=no, user=root, exec=/bin/cat, args=cat "a b", ip_max=5;
`;
  const configuration = resolveText(text, { path });
  assert.deepEqual(serviceOf(configuration, '/run/x').unixOwner, {
    user: 'root',
    group: 'daemon',
    mode: 0o600,
  });
  for (const [dialect, mode] of [
    ['auto', 0o666],
    ['freebsd', 0o200],
  ] as const) {
    const plain = resolveText('/run/y stream unix nowait root /bin/cat\n', { path, dialect });
    assert.equal(serviceOf(plain, '/run/y').unixOwner?.mode, mode);
  }
  assert.deepEqual(serviceOf(configuration, 'rstatd').rpc, { number: 100001, low: 1, high: 3 });
  assert.deepEqual(serviceOf(configuration, 'mux').types, ['UNLISTED', 'TCPMUXPLUS']);
  const echo = serviceOf(configuration, 'echo');
  assert.deepEqual(
    [echo.argv, echo.maxPerMinutePerSource, echo.family, echo.syntax],
    [['cat', 'a b'], 5, 'IPv4', 'pairs'],
  );
});

test('what asks for something that cannot be kept does not run, with file and line', () => {
  const text = `ftp stream tcp nowait root/daemon /bin/cat
#@ in ipsec esp/transport//require
telnet stream tcp nowait root /bin/cat
#@
time stream tcp nowait nosuch /bin/cat
echo stream tcp nowait root /no/such
daytime stream xtp nowait root /bin/cat
#<off># tftp dgram udp wait root /bin/cat
ntalk dgram udp nowait root /bin/cat
chargen stream tcp nowait root internal
`;
  const configuration = resolveText(text, { path });
  assert.deepEqual(
    configuration.services.map(({ id }) => id),
    ['chargen'],
  );
  assert.deepEqual(droppedIn(configuration), {
    ftp: ['1: login class is not supported'],
    telnet: ['2: ipsec policy is not supported'],
    time: ['5: Unknown user: nosuch'],
    echo: ['6: Server /no/such is not executable'],
    daytime: ['7: Protocol xtp not in /etc/protocols'],
    tftp: [],
    ntalk: ['9: Service ntalk has socket_type dgram, but does not wait'],
  });
  const tftp = configuration.dropped.find(({ id }) => id === 'tftp');
  assert.equal(tftp?.cause, 'disabled');
  assert.equal(tftp?.whenEnabled?.port, 69);
});

test('a line whose words cannot be read has that reason alone', () => {
  const reasons = (line: string) => Object.values(droppedIn(resolveText(`${line}\n`, { path })));
  assert.deepEqual(reasons('ftp stream tcp nowait root'), [
    ['1: service, socket type, protocol, wait, user and server are needed'],
  ]);
  assert.deepEqual(reasons('ftp stream tcp nowait :daemon /bin/cat cat'), [['1: the user name is empty']]);
  assert.deepEqual(reasons('rstatd/x-1 dgram rpc/udp wait root /bin/cat cat'), [
    ["1: 'x-1' is no version, range or list of versions"],
  ]);
  assert.deepEqual(reasons('ftp on socktype = stream, wait = no, user = root, exec = /bin/cat;'), [
    ['1: the key protocol is missing'],
  ]);
});

test('of two definitions of one socket the later one counts', () => {
  const text = `ftp stream tcp nowait root /bin/cat first
ftp stream tcp nowait root /bin/cat second
`;
  const configuration = resolveText(text, { path });
  assert.deepEqual(serviceOf(configuration, 'ftp').argv, ['second']);
  assert.deepEqual(droppedIn(configuration), {
    ftp: ['1: ftp is defined again at /etc/inetd.conf:2, which counts'],
  });
});

test('read beside an xinetd.conf, lines get all of its defaults', () => {
  const text = 'defaults\n{\n\tonly_from = 192.0.2.0\n\tinstances = 7\n\tcps = 3 4\n}\n';
  const inetdCompat = new SourceText(path, 'ftp stream tcp nowait root /bin/cat\n');
  const ftp = serviceOf(resolveText(text, { inetdCompat }), 'ftp');
  assert.deepEqual(
    [ftp.onlyFrom?.map(({ pattern }) => pattern.text), ftp.instances, ftp.cps],
    [['192.0.2.0'], 7, { rate: 3, pause: 4 }],
  );
});

test('it is read beside another inetd.conf as well, and once where it is that', () => {
  const inetdCompat = new SourceText(path, 'ftp stream tcp nowait root /bin/cat\nfoo bar\n');
  const text = 'time stream tcp nowait root /bin/cat\n';
  const both = resolveText(text, { path: '/srv/inetd.conf', inetdCompat });
  assert.deepEqual(
    both.services.map(({ name }) => name),
    ['time', 'ftp'],
  );
  assert.deepEqual(Object.keys(droppedIn(both)), ['foo']);
  const once = resolveText(inetdCompat.text, { path, inetdCompat });
  assert.deepEqual(
    once.services.map(({ name }) => name),
    ['ftp'],
  );
});
