import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { answersOf } from '../../src/commands/access-answers.ts';
import { AddressRules } from '../../src/model/access/address-rules.ts';
import { asMapped, clientAddress } from '../../src/model/access/client-address.ts';
import { quirksOf } from '../../src/model/profiles.ts';
import { type QuirkId, quirkTable } from '../../src/model/quirks.ts';
import type { ResolveOptions } from '../../src/model/resolve.ts';
import type { Configuration } from '../../src/model/service.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { oracleFiles, oracleFolder, oracleStart, oracleTables } from '../support/oracle-host.ts';
import { resolveText } from '../support/resolve-text.ts';

/** A text, what to look at in its resolution, and what is seen there under the two profiles. */
interface QuirkCase {
  readonly text: string;
  readonly options?: Partial<ResolveOptions>;
  readonly look: (configuration: Configuration, profile: ResolveOptions['profile']) => unknown;
  readonly daemon: unknown;
  readonly serve: unknown;
}

const ids = ({ services }: Configuration) => services.map(({ id }) => id);
const first = ({ services }: Configuration) => services[0];

/** An entry that runs, with further lines. */
function entry(name: string, ...lines: readonly string[]): string {
  const given = lines.map((line) => line.split(' ')[0]);
  const basic = [
    'type = UNLISTED',
    'socket_type = stream',
    'protocol = tcp',
    'port = 20001',
    'bind = 127.0.0.1',
    'wait = no',
    'user = root',
    'server = /bin/cat',
  ].filter((line) => !given.includes(line.split(' ')[0]));
  return `service ${name}\n{\n${[...basic, ...lines].map((line) => `\t${line}\n`).join('')}}\n`;
}

const other = entry('other', 'port = 20002');

/** Whether a client is let in by the lists of the first service. */
function admits(address: string, host?: string, isMapped = false) {
  return (configuration: Configuration, profile: ResolveOptions['profile']) => {
    const client = clientAddress(address);
    const service = first(configuration);
    assert.ok(client !== undefined && service !== undefined);
    const rules = new AddressRules(service, quirksOf(profile));
    return rules.decide(isMapped ? asMapped(client) : client, host ?? null).verdict;
  };
}

/** What is known of any client of the first service. */
function explain(configuration: Configuration, profile: ResolveOptions['profile']) {
  const client = clientAddress('192.0.2.7');
  const service = first(configuration);
  assert.ok(client !== undefined && service !== undefined);
  const question = { client, address: '192.0.2.7', host: undefined, minute: 0, hasLibwrapRules: false };
  const host = { quirks: quirksOf(profile), tables: oracleTables() };
  return answersOf(configuration, service.id, question, host);
}

async function checksOf(configuration: Configuration, profile: ResolveOptions['profile']) {
  const [answer] = await explain(configuration, profile);
  return answer?.steps.map(({ check }) => check);
}

async function verdictOf(configuration: Configuration, profile: ResolveOptions['profile']) {
  const [answer] = await explain(configuration, profile);
  return answer?.verdict;
}

const loop = new Map([['loop', `include loop\n${other}`]]);

const cases: Readonly<Record<QuirkId, QuirkCase>> = {
  'line-sections': {
    text: `serivce typo\n${entry('one')}${other}`,
    look: ids,
    daemon: ['other'],
    serve: ['one', 'other'],
  },
  'carriage-return-in-words': {
    text: entry('one').replaceAll('\n', '\r\n') + other,
    look: ids,
    daemon: ['other'],
    serve: ['one', 'other'],
  },
  'byte-order-mark-in-words': {
    text: `\uFEFF${entry('one')}${other}`,
    look: ids,
    daemon: ['other'],
    serve: ['one', 'other'],
  },
  'keyword-after-odd-space': {
    text: `\v${entry('one')}${other}\f${entry('two', 'port = 20003')}\r${entry('three', 'port = 20004')}`,
    look: ids,
    daemon: ['other'],
    serve: ['one', 'other', 'two', 'three'],
  },
  'nul-ends-line': {
    text: entry('one', 'instances = 5', 'id = a\0 b') + other,
    look: ids,
    daemon: ['a', 'other'],
    serve: ['other'],
  },
  'long-lines-cut': {
    text: `# ${'x'.repeat(8190)}service hidden\n${entry('one')}`,
    look: ({ diagnostics }) => diagnostics.some(({ code }) => code === 'missing-open-brace'),
    daemon: true,
    serve: false,
  },
  'bare-word-reads-on': {
    text: entry('one', 'banner', '= /etc/motd') + other,
    look: (configuration) => [ids(configuration), first(configuration)?.banner],
    daemon: [['one'], null],
    serve: [['other'], null],
  },
  'disable-stops-reading': {
    text: `${entry('one', 'disable = yes', 'wait = maybe').replace(/\}\n$/, '')}${other}`,
    look: ids,
    daemon: [],
    serve: ['other'],
  },
  'fatal-defaults': {
    text: `defaults\n{\n\tinstances = many\n}\n${entry('one')}${entry('other', 'port = 20002', 'instances = 3')}`,
    look: (configuration) => [configuration.exitCode, ids(configuration)],
    daemon: [0, []],
    serve: [null, ['other']],
  },
  'defaults-by-position': {
    text: `${entry('one')}defaults\n{\n\tonly_from = 192.0.2.1\n}\n`,
    look: (configuration) => first(configuration)?.onlyFrom?.length ?? null,
    daemon: null,
    serve: 1,
  },
  'second-defaults-ignored': {
    text: `defaults\n{\n}\ndefaults\n{\n\tonly_from = 192.0.2.1\n}\n${entry('one')}`,
    look: (configuration) => first(configuration)?.onlyFrom?.length ?? null,
    daemon: null,
    serve: 1,
  },
  'include-loops': {
    text: 'include loop\n',
    options: {
      files: {
        ...oracleFiles,
        read: (name) => {
          const text = loop.get(name);
          return text === undefined ? oracleFiles.read(name) : { bytes: Buffer.from(text) };
        },
      },
      maxIncludeDepth: 3,
    },
    look: ({ diagnostics }) =>
      diagnostics.filter(({ severity }) => severity === 'ERROR').map(({ code }) => code),
    // With no descriptor left, protocol and user of the innermost entry cannot be looked up.
    daemon: [
      'include-missing',
      'unknown-protocol',
      'attribute-error',
      'unknown-user',
      'attribute-error',
      'duplicate',
    ],
    serve: ['include-loop'],
  },
  'unread-includes-skipped': {
    text: `${entry('one')}include gone\n${other}`,
    look: ids,
    daemon: ['one', 'other'],
    serve: [],
  },
  'includedir-messages': {
    text: 'includedir inc/dir\n',
    look: ({ diagnostics }) =>
      diagnostics
        .filter(({ message }) => message.includes('dangling'))
        .map(({ file, line }) => `${file}:${line}`),
    daemon: ['inc/dir/dangling:11'],
    serve: ['test.conf:1'],
  },
  'sockets-while-loading': {
    text: entry('one', 'bind = 192.0.2.1') + other,
    options: { start: oracleStart },
    look: ids,
    daemon: ['other'],
    serve: ['one', 'other'],
  },
  'unplaced-messages': {
    text: `${other}${entry('one').replace('\tuser = root\n', '')}`,
    look: ({ diagnostics }) => diagnostics.map(({ line }) => line ?? null),
    daemon: [null],
    serve: [12],
  },
  'mild-severities': {
    text: entry('one', 'flags = NOSUCH') + other,
    look: ({ diagnostics }) => diagnostics[0]?.severity,
    daemon: 'WARNING',
    serve: 'ERROR',
  },
  'ignored-lines': {
    text: entry('one', 'bind = 127.0.0.1 127.0.0.2') + other,
    look: (configuration) => [ids(configuration), first(configuration)?.bind],
    daemon: [['one', 'other'], null],
    serve: [['other'], '127.0.0.1'],
  },
  'shared-disable-bit': {
    text: entry('one', 'only_from = 192.0.2.1,192.0.2.2', 'disable = no') + other,
    look: ids,
    daemon: ['one', 'other'],
    serve: ['other'],
  },
  'operator-ignored': {
    text: `defaults\n{\n\tdisabled = one other\n\tdisabled -= one\n}\n${entry('one')}${other}${entry('third', 'port = 20003')}`,
    look: ids,
    daemon: ['third'],
    serve: ['one', 'third'],
  },
  'record-option-removed': {
    text: entry('one', 'log_on_failure = HOST RECORD') + other,
    look: (configuration) => [ids(configuration), configuration.diagnostics[0]?.severity],
    daemon: [['other'], 'WARNING'],
    serve: [['one', 'other'], 'WARNING'],
  },
  'no-midnight': {
    text: entry('one', 'access_times = 12:00-24:00') + other,
    look: ids,
    daemon: ['other'],
    serve: ['one', 'other'],
  },
  'v6only-any-value': {
    text: entry('one', 'bind = ::1', 'v6only = no'),
    look: (configuration) => first(configuration)?.v6only,
    daemon: true,
    serve: false,
  },
  'v6only-defaults-ignored': {
    text: `defaults\n{\n\tv6only = yes\n}\n${entry('one', 'bind = ::1')}`,
    look: (configuration) => first(configuration)?.v6only,
    daemon: false,
    serve: true,
  },
  'nameinargs-order': {
    text: entry('one', 'server_args = zero one', 'flags = NAMEINARGS'),
    look: (configuration) => first(configuration)?.argv,
    daemon: [],
    serve: ['zero', 'one'],
  },
  'loose-numbers': {
    text: entry('one', 'user = 4294967296') + other,
    look: (configuration) => [ids(configuration), first(configuration)?.user?.id],
    daemon: [['one', 'other'], 0],
    serve: [['other'], 0],
  },
  'loose-addresses': {
    text: entry('one', 'only_from = 10.1') + other,
    look: (configuration) => first(configuration)?.onlyFrom?.map(({ pattern }) => pattern.text) ?? null,
    daemon: ['10.0.0.1'],
    serve: null,
  },
  'prefix-overflow': {
    text: entry('one', 'only_from = 10.1.2.0/255.255.255.0'),
    look: (configuration) => first(configuration)?.onlyFrom?.map(({ pattern }) => pattern.text),
    daemon: ['10.1.2.0/32'],
    serve: ['10.1.2.0/24'],
  },
  'address-overflow': {
    text: entry('one', 'only_from = 10.1.2.{300}') + other,
    look: ids,
    daemon: ['one', 'other'],
    serve: ['other'],
  },
  'ipv6-128': {
    text: entry('one', 'only_from = 2001:db8::1/128'),
    look: admits('2001:db8::1'),
    daemon: 'refused',
    serve: 'allowed',
  },
  'network-names-exact': {
    text: entry('one', 'only_from = fixture-net'),
    look: admits('10.20.30.7'),
    daemon: 'refused',
    serve: 'allowed',
  },
  'names-cut': {
    text: entry('one', `only_from = .${'a'.repeat(64)}.example`),
    look: admits('192.0.2.1', `www.${'a'.repeat(63)}`),
    daemon: 'allowed',
    serve: 'refused',
  },
  'unknown-addresses-dropped': {
    text: entry('one', 'no_access = ALL') + other,
    look: ids,
    daemon: ['one', 'other'],
    serve: ['other'],
  },
  'family-beats-bind': {
    text: entry('one', 'flags = IPv6') + other,
    look: ids,
    daemon: ['one', 'other'],
    serve: ['other'],
  },
  'bind-name-is-ipv6': {
    text: entry('one', 'bind = twice') + other,
    options: {
      tables: {
        ...oracleTables(),
        hostAddresses: (_, family) => (family === 6 ? [] : ['127.0.0.5', '127.0.0.6']),
      },
    },
    look: ({ services }) => services.map(({ id, family }) => `${id} ${family}`),
    daemon: ['other IPv4'],
    serve: ['one IPv4', 'other IPv4'],
  },
  'duplicates-need-bind': {
    text: (['one', 'two'] as const)
      .map((name) =>
        entry(name, 'socket_type = dgram', 'protocol = udp', 'wait = yes').replace(/\tbind.*\n/, ''),
      )
      .join(''),
    look: ids,
    daemon: ['one', 'two'],
    serve: ['one'],
  },
  'unlisted-by-type': {
    text: entry('one').replace(/\ttype.*\n/, '') + other,
    look: ids,
    daemon: ['other'],
    serve: ['one', 'other'],
  },
  'tcpmux-needs-unlisted': {
    text: entry('one', 'type = TCPMUX').replace(/\tport.*\n/, '') + other,
    look: ids,
    daemon: ['other'],
    serve: ['one', 'other'],
  },
  'tcpmux-crash': {
    text:
      'service mux\n{\n\ttype = TCPMUX UNLISTED\n\twait = no\n\tuser = root\n\tserver = /bin/cat\n}\n' +
      other,
    look: (configuration) => [configuration.exitCode, ids(configuration)],
    daemon: [1, []],
    serve: [null, ['other']],
  },
  'sensor-needs-server': {
    text: entry('one', 'flags = SENSOR').replace(/\tserver.*\n/, '') + other,
    look: ids,
    daemon: ['other'],
    serve: ['one', 'other'],
  },
  'traffic-inherited': {
    text: `defaults\n{\n\tlog_on_success = TRAFFIC PID\n}\n${entry('one')}`,
    look: (configuration) => first(configuration)?.logOnSuccess ?? null,
    daemon: null,
    serve: ['PID'],
  },
  'dgram-nowait': {
    text: entry('one', 'socket_type = dgram', 'protocol = udp') + other,
    look: ids,
    daemon: ['one', 'other'],
    serve: ['other'],
  },
  'intercept-replaces-server': {
    text: entry('one', 'wait = yes', 'flags = INTERCEPT'),
    look: (configuration) => first(configuration)?.types,
    daemon: ['INTERNAL', 'UNLISTED'],
    serve: ['UNLISTED'],
  },
  'wait-stream-restrictions': {
    text: entry('one', 'wait = yes', 'only_from = 127.0.0.1') + other,
    look: ids,
    daemon: ['one', 'other'],
    serve: ['other'],
  },
  'inetd-by-position': {
    text: `defaults\n{\n\tonly_from = 192.0.2.1\n}\n${other}`,
    options: {
      inetdCompat: new SourceText(
        'inetd.conf',
        'ftp stream tcp sometimes root /bin/cat\ntelnet stream tcp nowait root /bin/cat\n',
      ),
    },
    look: ({ services }) =>
      services.map(({ id, onlyFrom, cps }) => [id, onlyFrom?.length ?? null, cps?.rate ?? null]),
    daemon: [
      ['other', 1, 50],
      ['ftp', null, 50],
      ['telnet', null, 50],
    ],
    serve: [
      ['other', 1, 50],
      ['telnet', 1, null],
    ],
  },
  'limits-before-address': {
    text: entry('one', 'only_from = 192.0.2.0/24', 'instances = 3', 'flags = NOLIBWRAP'),
    look: checksOf,
    daemon: ['socket', 'cps', 'instances', 'address'],
    serve: ['socket', 'address', 'cps', 'instances'],
  },
  'all-features-served': {
    text: entry('one', 'redirect = 127.0.0.1 20002'),
    look: verdictOf,
    daemon: 'allowed',
    serve: 'refused',
  },
  'both-lists-refuse': {
    text: entry('one', 'no_access = 10.0.0.0/8', 'only_from = 10.1.2.3'),
    look: admits('10.1.2.3'),
    daemon: 'refused',
    serve: 'allowed',
  },
  'mapped-clients': {
    text: entry('one', 'only_from = .example.org'),
    look: admits('192.0.2.1', 'www.example.org', true),
    daemon: 'refused',
    serve: 'allowed',
  },
  'domain-first-place': {
    text: entry('one', 'only_from = .example.org'),
    look: admits('192.0.2.1', 'a.example.org.example.org'),
    daemon: 'refused',
    serve: 'allowed',
  },
};

for (const [id, { evidence }] of quirkTable) {
  test(id, async () => {
    const { text, options, look, daemon, serve } = cases[id];
    for (const [profile, expected] of [
      ['xinetd-2.3.15.3', daemon],
      ['serve', serve],
    ] as const) {
      assert.deepEqual(await look(resolveText(text, { ...options, profile }), profile), expected, profile);
    }
    for (const name of evidence) {
      const isCase = existsSync(path.join(oracleFolder, `${name}.conf`));
      assert.ok(isCase || name.startsWith('reference '), `${name} is no recorded case`);
    }
  });
}
