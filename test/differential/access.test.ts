import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { clientAddress } from '../../src/model/access/client-address.ts';
import { explainAccess } from '../../src/model/access/explain.ts';
import { quirksOf } from '../../src/model/profiles.ts';
import type { Configuration } from '../../src/model/service.ts';
import { daemonPath, inPrivateNetwork, withoutDaemons, withoutPrivateNetwork } from '../support/daemons.ts';
import {
  oracleFiles,
  oracleFolder,
  oracleHostName,
  oracleStart,
  oracleTables,
} from '../support/oracle-host.ts';
import { resolveText } from '../support/resolve-text.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { Visit, Visits } from './access-runner.ts';
import { daemonVariables } from './daemon-variables.ts';
import { Random } from './random.ts';
import { setUp } from './run-xinetd.ts';

const profile = 'xinetd-2.3.15.3';
const runner = fileURLToPath(new URL('access-runner.ts', import.meta.url));
const tables = oracleTables();
const seed = Number(process.env.XCFG_FUZZ_SEED ?? 4_000_000);

const clients = ['127.0.0.1', '127.0.0.2', '127.1.0.9', '192.0.2.7', '::1', '2001:db8::7'];
const addAddresses = ['192.0.2.7/32', '2001:db8::7/128']
  .map((address) => `ip address add ${address} dev lo nodad || exit\n`)
  .join('');

const binds = ['::', '::1', '0.0.0.0', '127.0.0.2', '::ffff:127.0.0.2', 'dual', 'v4host', 'ip6-only'];
const words = [
  ...[
    '127.0.0.1',
    '127.0.0.2',
    '127.0.0.0',
    '127.1.{0}',
    '127.{1}',
    '192.0.2.0/24',
    '192.0.2.7/33',
    '0.0.0.0',
  ],
  ...['::1', '::/0', '2001:db8::/32', '2001:db8::7', '::ffff:127.0.0.1', '::ffff:0.0.0.0/96', '127.1.0.0/33'],
  ...['localhost', 'v4host', 'ip6-only', '.host', 'dual'],
];

const tcpmuxPort = 20_001;

/** Services of all kinds of sockets and lists; every fourth stands behind tcpmux. */
function makeConfiguration(random: Random, count: number): string {
  const entries = Array.from({ length: count }, (_, index) => {
    const isBehind = index % 4 === 3;
    const lines = isBehind
      ? ['type = TCPMUX UNLISTED']
      : ['type = UNLISTED', `port = ${tcpmuxPort + 1 + index}`, ...socketLines(random)];
    if (random.chance(0.6)) lines.push(`only_from = ${random.some(words, 0, 3).join(' ')}`);
    if (random.chance(0.4)) lines.push(`no_access = ${random.some(words, 0, 2).join(' ')}`);
    if (random.chance(0.1)) lines.push(`${random.pick(['instances', 'per_source'])} = 0`);
    return entry(`s${index}`, lines);
  });
  const tcpmux = `service tcpmux\n{\n\ttype = INTERNAL UNLISTED\n\tport = ${tcpmuxPort}\n\tprotocol = tcp\n\tsocket_type = stream\n\twait = no\n\tuser = root\n\tno_access = 127.0.0.2\n}\n`;
  return `defaults\n{\n\tcps = 100000 1\n}\n${entries.join('')}${tcpmux}`;
}

/** A bind address that does not fit the family is left out: what xinetd binds to then is a matter of its memory. */
function socketLines(random: Random): string[] {
  if (random.chance(0.4)) return [`bind = ${random.pick(binds)}`];
  const family = random.pick(['flags = IPv4', 'flags = IPv6', 'flags = IPv6\n\tv6only = yes', '']);
  return family === '' ? [] : [family];
}

function entry(name: string, lines: readonly string[]): string {
  const basic = ['socket_type = stream', 'protocol = tcp', 'wait = no', 'user = root'];
  const program = ['server = /bin/echo', 'server_args = served'];
  return `service ${name}\n{\n${[...lines, ...basic, ...program].map((line) => `\t${line}\n`).join('')}}\n`;
}

interface Question extends Visit {
  readonly id: string;
}

function questionsOf({ services }: Configuration): Question[] {
  return services
    .filter(({ name }) => name !== 'tcpmux')
    .flatMap(({ id, name, port }) =>
      clients.map((from) => ({
        id,
        from,
        to: isIPv4(from) ? ['127.0.0.1', '127.0.0.2'] : ['::1'],
        port: port ?? tcpmuxPort,
        says: port === null ? `${name}\r\n` : '',
      })),
    );
}

function expectation({ services }: Configuration, { id, from }: Question): boolean {
  const service = services.find((each) => each.id === id);
  const client = clientAddress(from);
  assert.ok(service !== undefined && client !== undefined);
  const host = oracleHostName(from) ?? 'nobody.invalid';
  const question = { client, address: from, host, minute: 0, hasLibwrapRules: false };
  const { verdict } = explainAccess(service, question, { quirks: quirksOf(profile), tables, services });
  assert.notEqual(verdict, 'unknown');
  return verdict === 'allowed';
}

/** Lets the clients come to the real daemon. */
function visit(folder: string, visits: Visits): readonly boolean[] {
  const [visitsFile, resultsFile] = [path.join(folder, 'visits'), path.join(folder, 'results')];
  writeFileSync(visitsFile, JSON.stringify(visits));
  const argv = [
    process.execPath,
    '--import',
    'tsx',
    runner,
    daemonPath('xinetd') ?? '',
    visitsFile,
    resultsFile,
  ];
  const [command = '', ...args] = inPrivateNetwork(['sh', '-c', addAddresses + setUp, oracleFolder, ...argv]);
  const env = { ...process.env, ...Object.fromEntries(daemonVariables) };
  const { status, stderr } = spawnSync(command, args, {
    cwd: path.dirname(runner),
    env,
    encoding: 'utf8',
    timeout: 300_000,
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(readFileSync(resultsFile, 'utf8')) as boolean[];
}

test('access and xinetd agree about who is served', {
  skip: withoutDaemons('xinetd') || withoutPrivateNetwork(),
}, (t) => {
  const text = makeConfiguration(new Random(seed), 60);
  const files = { ...oracleFiles, isExecutable: () => true };
  const start = { ...oracleStart, descriptors: 1000 };
  const configuration = resolveText(text, { profile, files, start });
  const questions = questionsOf(configuration);
  const served = visit(temporaryFolder(t), { configuration: text, visits: questions });
  const wrong = questions.flatMap((question, index) => {
    const expected = expectation(configuration, question);
    return served[index] === expected ? [] : [{ ...question, expected }];
  });
  t.diagnostic(`${questions.length} clients, ${served.filter(Boolean).length} served`);
  assert.deepEqual(wrong, [], `seed ${seed}: ${text}`);
});
