import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  daemonEnvironment,
  daemonPath,
  inPrivateNetwork,
  withoutDaemons,
  withoutPrivateNetwork,
} from '../../support/daemons.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { Probed } from '../support/probed.ts';
import { launcher, probe, withoutServe } from '../support/serve-process.ts';
import { type EntryText, entry } from '../support/service-text.ts';

const run = promisify(execFile);
const skip = withoutServe() || withoutDaemons('xinetd') || withoutPrivateNetwork();
const ask = fileURLToPath(new URL('../../../fixtures/serve/ask.mjs', import.meta.url));

/** A daemon (the arguments) for as long as the questions take; its environment has what Node cannot put there. */
const script =
  'LATIN=$(printf "caf\\351"); export LATIN; env 1=one "$@" >&2 & ' +
  '"$NODE" "$ASK" $TARGETS; status=$?; kill $! && wait $!; exit $status';

/** A user whose group has another number. */
const [unequal = '65534'] = readFileSync('/etc/passwd', 'latin1')
  .split('\n')
  .flatMap((line) => {
    const [, , uid = '', gid] = line.split(':');
    return uid === gid || uid === '' ? [] : [uid];
  });

/** Each attribute by itself, and some together: every service is the probe, started in another way. */
const cases: Readonly<Record<string, EntryText>> = {
  plain: {},
  'another user': { user: 'nobody' },
  'user by number': { user: 65534 },
  'user by number whose group has another': { user: unequal },
  'another group': { user: 'nobody', group: 'daemon' },
  'groups of the user': { user: 'nobody', group: 'daemon', groups: 'yes' },
  'groups of root': { groups: 'yes' },
  'another name': { flags: 'NAMEINARGS NOLIBWRAP', server_args: `other-name ${probe} a b` },
  'many arguments': {
    server_args: `${probe} ${Array.from({ length: 200 }, (_, at) => `word${at}`).join(' ')}`,
  },
  'no environment': { passenv: '' },
  'picked environment': { passenv: 'COLOUR SHAPE 1 LATIN' },
  'changed environment': { env: 'COLOUR=red MORE=1 EMPTY=' },
  'picked and changed': { passenv: 'COLOUR', env: 'COLOUR=red MORE=1' },
  'bytes that are no UTF-8, and some that are': {
    server_args: `${probe} caf\xe9 \xc3\xbcber`,
    passenv: '',
    env: 'WORD=\xe9x OTHER=\xc3\xbc',
  },
  umask: { umask: '077' },
  'umask of another user': { umask: '002', user: 'nobody' },
  nice: { nice: 7 },
  'nice of another user': { nice: 7, user: 'nobody' },
  'nice as root': { nice: -4 },
  files: { rlimit_files: 77 },
  'unlimited files': { rlimit_files: 'UNLIMITED' },
  'unlimited files of another user': { rlimit_files: 'UNLIMITED', user: 'nobody' },
  'more files than there are': { rlimit_files: 2_000_000_000 },
  memory: { rlimit_as: '100M', rlimit_data: '90M', rlimit_rss: '80M', rlimit_stack: '7M' },
  time: { rlimit_cpu: 33 },
  unlimited: { rlimit_cpu: 'UNLIMITED', rlimit_stack: 'UNLIMITED' },
};

const firstPort = 20_000;
const targets = Object.keys(cases).map((_, at) => `127.0.0.1:${firstPort + at}`);

/** The answers of all services under a daemon, by target. */
async function answersOf(t: TestContext, daemon: (configuration: string, folder: string) => string[]) {
  const folder = temporaryFolder(t);
  const configuration = join(folder, 'xinetd.conf');
  const entries = Object.values(cases).map((attributes, at) => {
    const usual = { port: firstPort + at, server: '/bin/sh', server_args: `${probe} one two`, user: 'root' };
    return entry(`service${at}`, { ...usual, ...attributes });
  });
  writeFileSync(configuration, entries.join(''), 'latin1');
  const [command = '', ...args] = inPrivateNetwork([
    'sh',
    '-c',
    script,
    'sh',
    ...daemon(configuration, folder),
  ]);
  const env = {
    ...daemonEnvironment(),
    NODE: process.execPath,
    ASK: ask,
    TARGETS: targets.join(' '),
    COLOUR: 'blue',
    SHAPE: 'round',
    PATH: process.env.PATH,
  };
  const { stdout } = await run(command, args, { env, timeout: 60_000 });
  return JSON.parse(stdout) as Record<string, string>;
}

test('servers find what they find under the real xinetd', { skip }, async (t) => {
  const real = await answersOf(t, (configuration, folder) => [
    daemonPath('xinetd') ?? '',
    '-dontfork',
    ...['-f', configuration],
    ...['-pidfile', join(folder, 'pid')],
    ...['-filelog', join(folder, 'log')],
  ]);
  const ours = await answersOf(t, (configuration) => [
    process.execPath,
    launcher,
    'serve',
    '-f',
    configuration,
  ]);
  for (const [at, name] of Object.keys(cases).entries()) {
    await t.test(name, () => {
      const target = targets[at] ?? '';
      assert.deepEqual(
        new Probed(ours[target] ?? '').everything(),
        new Probed(real[target] ?? '').everything(),
      );
    });
  }
});
