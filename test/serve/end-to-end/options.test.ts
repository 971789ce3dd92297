import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { loadAddon } from '../../../src/native/load.ts';
import { inPrivateNetwork, withoutPrivateNetwork } from '../../support/daemons.ts';
import { eventually } from '../../support/eventually.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { talk } from '../support/clients.ts';
import { Probed } from '../support/probed.ts';
import { launcher, probe, spawnServe, startServe, withoutServe } from '../support/serve-process.ts';
import { entry } from '../support/service-text.ts';

const skip = withoutServe();
const needsMounts = skip || withoutPrivateNetwork();

/** A command that runs another one where the shell has mounted what is needed. */
function where(preparation: string): string[] {
  return inPrivateNetwork(['sh', '-c', `${preparation} && exec "$@"`, 'sh']);
}

/** What has come to a syslogd that listens at a path; it goes with the test. */
function listenAsSyslogd(t: TestContext, path: string): () => string[] {
  const loaded = loadAddon();
  assert.ok(loaded.ok);
  const { addon } = loaded;
  const { fd } = addon.openSocket({ family: 'unix', type: 'dgram', address: path });
  t.after(() => addon.close(fd));
  const lines: string[] = [];
  return () => {
    const buffer = new Uint8Array(4096);
    for (
      let size = addon.receive(fd, buffer, false);
      size !== null;
      size = addon.receive(fd, buffer, false)
    ) {
      lines.push(Buffer.from(buffer.subarray(0, size)).toString());
    }
    return lines;
  };
}

test('-syslog sends the messages of the daemon to a facility, log_type those of a service', {
  skip: needsMounts,
}, async (t) => {
  const dev = join(temporaryFolder(t), 'dev');
  mkdirSync(dev);
  writeFileSync(join(dev, 'null'), '');
  const received = listenAsSyslogd(t, join(dev, 'log'));
  const serve = spawnServe(t, {
    under: where(`mount --bind /dev/null ${dev}/null && mount --rbind ${dev} /dev`),
    args: ['-syslog', 'local3'],
    config: entry('logged', { server: '/bin/true', log_type: 'SYSLOG authpriv notice' }),
  });
  await eventually(() => {
    // local3 is 19, notice 5; authpriv is 10.
    const [, pid] =
      /^<157>.{15} xinetd\[(\d+)\]: Started working: 1 available service$/m.exec(received().join('\n')) ?? [];
    assert.equal(pid, `${serve.pid}`);
  });
  const [, port] = /<158>.* listening .*:(\d+)$/m.exec(received().join('\n')) ?? [];
  // It listens in a network of its own.
  const client = `require('node:net').connect(${port}, '127.0.0.1').resume()`;
  spawnSync('nsenter', ['-t', `${serve.pid}`, '-n', process.execPath, '-e', client]);
  await eventually(() =>
    assert.match(received().join('\n'), /^<85>.* xinetd\[\d+\]: EXIT: logged status=0 pid=/m),
  );
});

test('-inetd_compat serves /etc/inetd.conf too', { skip: needsMounts }, async (t) => {
  const etc = join(temporaryFolder(t), 'etc');
  mkdirSync(etc);
  writeFileSync(
    join(etc, 'inetd.conf'),
    '127.0.0.1:20001 stream tcp nowait root /bin/echo echo from inetd.conf\n',
  );
  const tables = 'passwd group services protocols hosts nsswitch.conf ld.so.cache';
  const copy = `for table in ${tables}; do [ ! -e /etc/$table ] || cp /etc/$table ${etc}; done`;
  const serve = await startServe(t, {
    under: where(`${copy}; mount --bind ${etc} /etc`),
    args: ['-inetd_compat'],
    config: entry('own', { server: '/bin/echo' }),
  });
  assert.match(serve.output, /Started working: 2 available services/);
  const client = "require('node:net').connect(20001, '127.0.0.1').pipe(process.stdout)";
  const { stdout } = spawnSync('nsenter', ['-t', `${serve.pid}`, '-n', process.execPath, '-e', client], {
    encoding: 'utf8',
  });
  assert.equal(stdout, 'from inetd.conf\n');
});

test('-version says what this is and starts nothing', () => {
  const { status, stdout } = spawnSync(process.execPath, [launcher, 'serve', '-version'], {
    encoding: 'utf8',
  });
  assert.equal(status, 0);
  assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
});

test('-cc compares the books again and again', { skip }, async (t) => {
  const serve = await startServe(t, { args: ['-cc', '1'], config: entry('true', { server: '/bin/true' }) });
  await serve.waitFor(/(Consistency check passed.*\n.*){2}/);
});

/** The limit of open files of a server, soft and hard, under a daemon that was started by this command. */
async function fileLimit(t: TestContext, under: readonly string[]): Promise<string | undefined> {
  const config = entry('probe', { server: '/bin/sh', server_args: probe });
  const serve = await startServe(t, { under, config });
  const seen = new Probed(await talk(await serve.port('probe')));
  return seen.values('limit').find((limit) => limit.startsWith('open files'));
}

test('the daemon has as many descriptors as it may have, its servers those that it was started with', {
  skip,
}, async (t) => {
  const asParent = 'ulimit -Sn 300; ulimit -Hn 4000; "$@" & trap "kill $!" TERM; wait; wait';
  assert.equal(await fileLimit(t, ['sh', '-c', asParent, 'sh']), 'open files 300 4000');
});

test('where nobody knows any more what that was, the number that select can bear', { skip }, async (t) => {
  assert.equal(await fileLimit(t, ['prlimit', '--nofile=300:4000']), 'open files 1024 4000');
  assert.equal(await fileLimit(t, ['prlimit', '--nofile=64:100']), 'open files 100 100');
});
