import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type NeutralService, neutralXinetdFile } from '../../../src/grammar/xinetd/neutral.ts';
import { parseXinetd } from '../../../src/grammar/xinetd/parse.ts';
import { SourceText } from '../../../src/text/source-text.ts';

/** As JSON, so that what is undefined is absent. */
function neutral(text: string) {
  return JSON.parse(JSON.stringify(neutralXinetdFile(parseXinetd(new SourceText('x', text)))));
}

function service(body: string): NeutralService {
  const { entries } = neutral(`service s\n{\n${body}\n}\n`);
  assert.equal(entries.length, 1);
  return entries[0];
}

test('a service has the fields of an inetd.conf line', () => {
  const text =
    'service ftp\n{\nsocket_type = stream\nprotocol = tcp\nwait = no\nuser = root\nserver = /usr/sbin/ftpd\nserver_args = -l\ndisable = yes\n}\n';
  assert.deepEqual(neutral(text), {
    entries: [
      {
        line: 1,
        endLine: 10,
        syntax: 'block',
        service: 'ftp',
        socketType: 'stream',
        protocol: 'tcp',
        wait: false,
        user: 'root',
        server: '/usr/sbin/ftpd',
        args: ['ftpd', '-l'],
        disabled: { style: 'attribute' },
      },
    ],
    errors: [],
    directives: [],
  });
});

test('with NAMEINARGS the arguments begin with argv[0]', () => {
  const { args } = service('flags = reuse nameinargs\nserver = /usr/sbin/tcpd\nserver_args = in.ftpd -l');
  assert.deepEqual(args, ['in.ftpd', '-l']);
});

test('families are told by flags and v6only', () => {
  const versions = ['flags = IPv4', 'flags = IPv6', 'flags = IPv6\nv6only = yes', 'flags = REUSE'].map(
    (body) => service(body).ipVersion,
  );
  assert.deepEqual(versions, ['4', '46', '6', undefined]);
});

test('types are told as in inetd.conf', () => {
  assert.deepEqual(service('type = RPC\nrpc_version = 1-3').rpc, { program: 's', low: 1, high: 3 });
  assert.deepEqual(service('type = RPC UNLISTED\nrpc_version = 2\nrpc_number = 100').rpc?.program, 100);
  assert.equal(service('type = TCPMUXPLUS UNLISTED').tcpmux, 'plus');
  const { server, internal, args } = service('type = INTERNAL');
  assert.deepEqual([server, internal, args], ['internal', true, []]);
});

test('what inetd.conf has no field for is an attribute', () => {
  assert.deepEqual(service('port = 80\nOnly_From += 10.0.0.1 ::1').attributes, [
    { line: 4, name: 'only_from', operator: 'add', values: ['10.0.0.1', '::1'] },
  ]);
});

test('an entry with a fault of syntax is lost, as to the daemon', () => {
  const { entries, errors } = neutral('service a {\n}\nservice b\n{\nwait=no\n}\n');
  assert.deepEqual(entries, []);
  assert.deepEqual(
    errors.map(({ line, code }: { line: number; code: string }) => [line, code]),
    [
      [1, 'brace-on-header-line'],
      [5, 'missing-space-before-operator'],
    ],
  );
});

test('includes are directives', () => {
  assert.deepEqual(neutral('defaults\n{\n}\nincludedir /etc/xinetd.d\ninclude\n').directives, [
    { line: 4, kind: 'includedir', pattern: '/etc/xinetd.d' },
  ]);
});
