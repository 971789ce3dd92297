import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  daemonPath,
  inPrivateNetwork,
  libraries,
  withoutDaemons,
  withoutPrivateNetwork,
} from '../../support/daemons.ts';
import { writeTables } from '../../support/real-xinetd.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { launcher, withoutServe } from '../support/serve-process.ts';

// The entries of the FAQ as they stand, on a machine on which their programs are the real ones.

const run = promisify(execFile);
const skip = withoutServe() || withoutDaemons('tcpd', 'telnetd', 'cvs') || withoutPrivateNetwork();
const host = fileURLToPath(new URL('../support/faq-host.sh', import.meta.url));
const exchange = fileURLToPath(new URL('../../../fixtures/serve/exchange.mjs', import.meta.url));

/** What is said to a server: until when to listen, where it does not hang up by itself. */
interface Talk {
  readonly port: number;
  readonly send?: string;
  readonly until?: string;
}

function faq(name: string): string {
  return readFileSync(new URL(`../../../fixtures/real/faq/${name}`, import.meta.url), 'utf8');
}

/** What the servers of a configuration say. */
async function serveAndTalk(t: TestContext, file: string, text: string, talks: readonly Talk[]) {
  const folder = temporaryFolder(t);
  // Servers run as other users.
  chmodSync(folder, 0o755);
  writeTables(folder, ['qmaild']);
  const configuration = join(folder, file);
  writeFileSync(configuration, text);
  const words = ['sh', host, folder, configuration, JSON.stringify(talks)];
  const [command = '', ...args] = inPrivateNetwork(words);
  const env = {
    PATH: process.env.PATH,
    NODE: process.execPath,
    XCFG: launcher,
    EXCHANGE: exchange,
    TCPD: daemonPath('tcpd'),
    TELNETD: daemonPath('telnetd'),
    CVS: daemonPath('cvs'),
    LIBRARIES: libraries,
  };
  try {
    const { stdout } = await run(command, args, { env, timeout: 60_000 });
    return JSON.parse(stdout) as string[];
  } catch (error) {
    const log = join(folder, 'log');
    const said = existsSync(log) ? readFileSync(log, 'utf8') : '';
    throw new Error(`${(error as Error).message}\n${said}`, { cause: error });
  }
}

/** IAC DO TERMINAL-TYPE: telnetd asks for what it has to know. */
const telnet = { port: 23, until: '\xff\xfd\x18' };
const negotiates = /^\xff.*\xff\xfd\x18/;

function cvsRequest(user: string, root = '/srv/cvs/one'): Talk {
  // The password is empty: `A` and nothing.
  return { port: 2401, send: `BEGIN AUTH REQUEST\n${root}\n${user}\nA\nEND AUTH REQUEST\n`, until: 'YOU\n' };
}

test('F2, F14: telnetd negotiates, by itself and in a changed root', { skip }, async (t) => {
  const switchedOn = faq('telnet.conf').replace(/(disable\s*=) yes/, '$1 no');
  const [plain = '', jailed = ''] = await serveAndTalk(
    t,
    'xinetd.conf',
    switchedOn + faq('telnet-chroot.conf'),
    [telnet, { ...telnet, port: 8000 }],
  );
  assert.match(plain, negotiates);
  assert.match(jailed, negotiates);
});

test('F13, F16: tcpd starts telnetd and the chain of qmail', { skip }, async (t) => {
  const text = faq('telnet-tcpd.conf') + faq('smtp-tcp-env.conf');
  const [wrapped = '', mail] = await serveAndTalk(t, 'xinetd.conf', text, [telnet, { port: 25 }]);
  assert.match(wrapped, negotiates);
  assert.equal(mail, '/var/qmail/bin/tcp-env -R /var/qmail/bin/qmail-smtpd\n');
});

test('F20: cvs knows its users and its roots, started by the line of inetd.conf', { skip }, async (t) => {
  const talks = [cvsRequest('reader'), cvsRequest('stranger'), cvsRequest('reader', '/srv/cvs/three')];
  const [known, stranger = '', elsewhere = ''] = await serveAndTalk(
    t,
    'inetd.conf',
    faq('cvspserver-inetd.conf'),
    talks,
  );
  assert.equal(known, 'I LOVE YOU\n');
  assert.match(stranger, /no such user|I HATE YOU/);
  assert.match(elsewhere, /no such repository|I HATE YOU/);
});

test('F20: cvs of the xinetd entry, which passes no environment', { skip }, async (t) => {
  const text = faq('cvspserver.conf');
  // The cvs of Debian takes -f for itself only, in front of the command.
  const [usage = ''] = await serveAndTalk(t, 'xinetd.conf', text, [cvsRequest('reader')]);
  assert.match(usage, /^Usage: cvs pserver\n/);
  const inFront = text.replace('pserver -f', 'pserver').replace('= --allow-root', '= -f --allow-root');
  const talks = [cvsRequest('reader'), cvsRequest('stranger')];
  const [known, stranger = ''] = await serveAndTalk(t, 'xinetd.conf', inFront, talks);
  assert.equal(known, 'I LOVE YOU\n');
  assert.match(stranger, /no such user|I HATE YOU/);
});
