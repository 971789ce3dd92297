import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { main } from '../../src/commands/main.ts';
import { writeFileAtomically } from '../../src/commands/write-file.ts';
import { diskFiles } from '../../src/model/host/disk-files.ts';
import { resolve } from '../../src/model/resolve.ts';
import { bytesOfText } from '../../src/text/bare-bytes.ts';
import { fakeIo } from '../support/fake-io.ts';
import { oracleTables } from '../support/oracle-host.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/* Names that are no UTF-8. What the profile of the daemon says was observed with xinetd 2.3.15.3. */

const bytes = (text: string) => Buffer.from(text, 'latin1');
const latin1 = (text: string) => bytesOfText(text).toString('latin1');

function entry(name: string, port: number, server = '/bin/cat'): Buffer {
  const lines = ['type = UNLISTED', 'socket_type = stream', 'protocol = tcp', 'wait = no', 'user = root'];
  const all = [...lines, `port = ${port}`, 'bind = 127.0.0.1', `server = ${server}`];
  return bytes(`service ${name}\n{\n${all.map((line) => `\t${line}\n`).join('')}}\n`);
}

/** A folder `d` with names of all kinds, and a main file that holds `text`. */
function project(t: TestContext, text: string): string {
  const folder = temporaryFolder(t);
  const inside = (name: string) => Buffer.concat([bytes(`${folder}/`), bytes(name)]);
  // The folder's removal by name would not find these.
  t.after(() => execFileSync('rm', ['-rf', `${folder}/d`, `${folder}/bin`]));
  mkdirSync(join(folder, 'd'));
  for (const [at, name] of ['a', '\xe9x', '\xc3\xa9', '\xff', '\xe9~'].entries()) {
    writeFileSync(inside(`d/${name}`), entry(`s${at}`, 21_100 + at));
  }
  symlinkSync('nowhere', inside('d/\xfe'));
  mkdirSync(inside('d/\xe8'));
  mkdirSync(join(folder, 'bin'));
  for (const program of ['\xe9', 'cat']) writeFileSync(inside(`bin/${program}`), '', { mode: 0o755 });
  writeFileSync(join(folder, 'main.conf'), bytes(text));
  return folder;
}

const load = (folder: string, profile: 'xinetd-2.3.15.3' | 'serve', root?: string) =>
  resolve(root === undefined ? 'main.conf' : '/main.conf', {
    profile,
    tables: oracleTables(),
    files: diskFiles({ directory: folder, root }),
    stayAlive: true,
  });

test('includedir reads files whose names are no UTF-8, in the order of bytes', (t) => {
  const folder = project(t, 'includedir d\n');
  const { services, diagnostics } = load(folder, 'xinetd-2.3.15.3');
  assert.deepEqual(
    services.map(({ id }) => id),
    ['s0', 's2', 's1', 's3'],
  );
  const said = diagnostics.map(({ severity, message }) => `${severity}: ${latin1(message)}`);
  assert.deepEqual(
    said.filter((line) => line.includes('d/')),
    [
      'DEBUG: Reading included configuration file: d/a',
      'DEBUG: Reading included configuration file: d/\xc3\xa9',
      'ERROR: d/\xe8 is not a regular file. It is being skipped.',
      'DEBUG: Reading included configuration file: d/\xe9x',
      'ERROR: Unable to stat includedir file d/\xfe',
      'DEBUG: Reading included configuration file: d/\xff',
    ],
  );
});

test('so does serve, and below another root', (t) => {
  const folder = project(t, 'includedir /d\n');
  // What leads nowhere closes all services, and is not what this is about.
  execFileSync('find', [`${folder}/d`, '-type', 'l', '-delete']);
  symlinkSync(bytes('\xe9x'), bytes(`${folder}/d/link`));
  for (const profile of ['xinetd-2.3.15.3', 'serve'] as const) {
    const { services, diagnostics } = load(folder, profile, folder);
    const errors = diagnostics.filter(({ severity }) => severity === 'ERROR').map(({ message }) => message);
    assert.equal(services.length, 4, errors.join('\n'));
    assert.ok(services.some(({ id, location }) => id === 's3' && latin1(location.source.path) === '/d/\xff'));
  }
});

test('a word of a file that is no UTF-8 names the file with its bytes', (t) => {
  const server = entry('named', 21_200, 'bin/\xe9').toString('latin1');
  const folder = project(t, `include \xe9none\ninclude d/\xe9x\n${server}`);
  const { services, diagnostics } = load(folder, 'xinetd-2.3.15.3');
  assert.deepEqual(
    services.map(({ id }) => id),
    ['s1', 'named'],
  );
  const messages = diagnostics.map(({ message }) => latin1(message));
  assert.ok(messages.includes('Unable to open included configuration file: \xe9none'));
});

test('commands show the bytes of a name, in JSON and URIs what stands for them', async (t) => {
  const folder = project(t, 'include d/\xe9x\n');
  const run = async (...words: readonly string[]) => {
    const io = fakeIo({ cwd: folder });
    await main([...words, 'main.conf'], io);
    return io.outBytes();
  };
  const effective = await run('effective', '--profile', 'xinetd-2.3.15.3');
  assert.ok(effective.includes(bytes('d/\xe9x:1')), effective.toString('latin1'));
  const json = (await run('effective', '--json', '--profile', 'xinetd-2.3.15.3')).toString();
  assert.match(json, /d\/\\udce9x/);
  const compact = await run('lint', '--format', 'compact');
  assert.ok(compact.includes(bytes('d/\xe9x:')), compact.toString('latin1'));
  assert.match((await run('lint', '--format', 'sarif')).toString(), /d\/%E9x/);
  assert.match((await run('lint', '--format', 'junit')).toString(), /d\/\\xe9x/);
});

test('a fixed file is the one that was read', (t) => {
  const folder = project(t, 'include d/\xe9x\n');
  const path = bytes(`${folder}/d/\xe9x`);
  writeFileAtomically('d/\udce9x', Buffer.from('new\n'), { cwd: folder, expected: readFileSync(path) });
  assert.equal(readFileSync(path, 'latin1'), 'new\n');
});
