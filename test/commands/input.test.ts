import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { FileError } from '../../src/commands/file-error.ts';
import { type InputOptions, readInput, readInputs } from '../../src/commands/input.ts';
import { main } from '../../src/commands/main.ts';
import { UsageError } from '../../src/commands/usage-error.ts';
import { fakeIo } from '../support/fake-io.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A folder with files whose text is their name; `read` lists what was read and what failed. */
function project(t: TestContext, names: string[]) {
  const cwd = temporaryFolder(t);
  for (const name of names) {
    mkdirSync(join(cwd, name, '..'), { recursive: true });
    writeFileSync(join(cwd, name), name);
  }
  const read = async (paths: string[], options: InputOptions = {}, input?: string) => {
    const io = fakeIo(input === undefined ? { cwd } : { cwd, input });
    const { sources, failures } = await readInputs(paths, io, options);
    return {
      paths: sources.map(({ path }) => path),
      texts: sources.map(({ text }) => text),
      failures: failures.map(({ location, message }) => `${location.source.path}: ${message}`),
    };
  };
  return { cwd, read };
}

test('reads named files in the given order, once each, whatever they are called', async (t) => {
  const { read } = project(t, ['b.conf', 'a~', 'sub/c']);
  const { paths, texts, failures } = await read(['sub/c', 'b.conf', './b.conf', 'a~']);
  assert.deepEqual(paths, ['sub/c', 'b.conf', 'a~']);
  assert.deepEqual(texts, ['sub/c', 'b.conf', 'a~']);
  assert.deepEqual(failures, []);
});

test('reads the files of a folder as includedir does', async (t) => {
  const { cwd, read } = project(t, ['d/echo', 'd/Z', 'd/old~', 'd/echo.dpkg-dist', 'd/sub/inner']);
  symlinkSync('echo', join(cwd, 'd/link'));
  symlinkSync('nowhere', join(cwd, 'd/dangling'));
  symlinkSync('loop', join(cwd, 'd/loop'));
  execFileSync('mkfifo', [join(cwd, 'd/fifo')]);
  const all = await read(['d']);
  assert.deepEqual(all.paths, ['d/Z', 'd/echo', 'd/link']);
  assert.deepEqual(all.failures, ['d/loop: cannot be read: too many symbolic links encountered']);
  assert.deepEqual((await read(['d/'])).paths, ['d/Z', 'd/echo', 'd/link']);
  const { paths } = await read(['d', 'd/echo'], { isIgnored: (path) => path === 'd/Z' });
  assert.deepEqual(paths, ['d/echo', 'd/link']);
});

test('says so when everything in a folder is skipped', async (t) => {
  const { cwd, read } = project(t, ['d/echo.conf', 'd/old~']);
  assert.deepEqual((await read(['d'])).failures, [
    'd: cannot be read: nothing to read here: as includedir does, names with a "." or a final "~" are skipped',
  ]);
  assert.deepEqual((await read(['d'], { allowNoMatch: true })).failures, []);
  mkdirSync(join(cwd, 'empty'));
  assert.deepEqual((await read(['empty'])).failures, [
    'empty: cannot be read: nothing to read here: the folder is empty',
  ]);
  mkdirSync(join(cwd, 'roles/web'), { recursive: true });
  assert.deepEqual((await read(['roles/'])).failures, [
    'roles/: cannot be read: nothing to read here: the folder holds no regular file, and "roles/**" reads those in its folders',
  ]);
});

test('expands patterns in an order that does not depend on the file system', async (t) => {
  const { cwd, read } = project(t, ['x/b.conf', 'x/a.conf', 'x/y/c.conf', 'x/n.txt', 'lit[1]']);
  execFileSync('mkfifo', [join(cwd, 'x/fifo.conf')]);
  assert.deepEqual((await read(['x/**/*.conf'])).paths, ['x/a.conf', 'x/b.conf', 'x/y/c.conf']);
  assert.deepEqual((await read(['lit[1]'])).paths, ['lit[1]'], 'a file that looks like a pattern');
  assert.deepEqual((await read(['*.none'])).failures, [
    '*.none: cannot be read: no file matches this pattern',
  ]);
  assert.deepEqual((await read(['*.none'], { allowNoMatch: true })).failures, []);
});

test('an unreadable file does not keep the others from being read', async (t) => {
  const { cwd, read } = project(t, ['good']);
  writeFileSync(join(cwd, 'huge'), '');
  truncateSync(join(cwd, 'huge'), 64 * 1024 * 1024 + 1);
  symlinkSync('loop', join(cwd, 'loop'));
  const { paths, failures } = await read(['missing', 'huge', 'loop', 'good']);
  assert.deepEqual(paths, ['good']);
  assert.deepEqual(failures, [
    'missing: cannot be read: no such file or directory',
    'huge: cannot be read: larger than 64 MiB, which no configuration is',
    'loop: cannot be read: too many symbolic links encountered',
  ]);
});

test('standard input is "-", or what is left when nothing is named', async (t) => {
  const { read } = project(t, []);
  assert.deepEqual((await read(['-'], {}, 'hello')).texts, ['hello']);
  assert.deepEqual((await read([], {}, 'hello')).paths, ['-']);
  assert.deepEqual((await read([], { stdinFilename: 'x.conf' }, 'hello')).paths, ['x.conf']);
  await assert.rejects(() => read([]), UsageError);
});

test('a folder as standard input is no empty text', async (t) => {
  const { cwd } = project(t, []);
  const fd = openSync(cwd, 'r');
  t.after(() => closeSync(fd));
  // What Node makes of a folder.
  const stdin = Object.assign(Readable.from([]), { fd });
  const { failures } = await readInputs(['-'], { ...fakeIo({ cwd }), stdin }, {});
  assert.match(failures[0]?.message ?? '', /standard input is a folder/);
});

test('a single input that cannot be read is an error with its name', async (t) => {
  const { cwd } = project(t, ['one']);
  const io = fakeIo({ cwd });
  assert.equal((await readInput('one', io)).text, 'one');
  await assert.rejects(() => readInput('two', io), new FileError('two', 'no such file or directory'));
  await assert.rejects(() => readInput('.', io), /is a folder: name a file in it/);
});

test('bytes that are no UTF-8 come back as they were', async (t) => {
  const { cwd } = project(t, []);
  const bytes = Buffer.from([0x61, 0xff, 0x00, 0x0a]);
  writeFileSync(join(cwd, 'raw'), bytes);
  assert.deepEqual((await readInput('raw', fakeIo({ cwd }))).encode(), bytes);
  assert.deepEqual((await readInput('-', fakeIo({ cwd, input: bytes }))).encode(), bytes);
});

const reading: readonly (readonly string[])[] = [
  ['lint'],
  ['fmt', '--check'],
  ['effective'],
  ['access', 'web', '--from', '192.0.2.7'],
  ['convert'],
  ['convert', '--to', 'systemd'],
  ['parse'],
  ['facts'],
];
for (const words of reading) {
  test(`xcfg ${words.join(' ')} says why it reads nothing of a folder`, async (t) => {
    const { cwd } = project(t, ['d/xinetd.conf']);
    mkdirSync(join(cwd, 'empty'));
    const errorOf = async (folder: string) => {
      const io = fakeIo({ cwd });
      assert.equal(await main([...words, folder], io), 2);
      return io.out() + io.err();
    };
    assert.match(await errorOf('empty'), /nothing to read here: the folder is empty/);
    assert.match(await errorOf('d'), /nothing to read here: as includedir does, names with a "\."/);
  });

  // What is parsed comes out as it went in, whatever it is.
  if (words[0] === 'parse') continue;
  test(`xcfg ${words.join(' ')} refuses what is no text`, async (t) => {
    const { cwd } = project(t, []);
    const bytes = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 167 + (index >> 3)) % 256));
    writeFileSync(join(cwd, 'random'), bytes);
    const io = fakeIo({ cwd });
    assert.equal(await main([...words, 'random'], io), 2);
    // The findings of lint are on standard output.
    const report = io.out() + io.err();
    assert.match(report, /not a text file/);
    assert.ok(report.split('\n').length < 6, report);
  });
}

test('a folder below another root is looked into as well', async (t) => {
  const { cwd } = project(t, ['root/d/xinetd.conf']);
  const io = fakeIo({ cwd });
  assert.equal(await main(['effective', '--root', 'root', '/d'], io), 2);
  assert.match(io.err(), /^xcfg: \/d: nothing to read here: /);
});

test('one file is wanted, and not a folder', async (t) => {
  const { cwd } = project(t, ['d/echo']);
  const io = fakeIo({ cwd });
  assert.equal(await main(['parse', 'd'], io), 2);
  assert.equal(io.err(), 'xcfg: d: is a folder: name a file in it\n');
});

test('a few bytes that belong into no text do not keep it from being converted', async () => {
  const input = Buffer.from('ftp stream tcp nowait root /usr/sbin/x x \xe9\0\x01\n', 'latin1');
  const io = fakeIo({ input });
  await main(['convert', '--from', 'inetd'], io);
  assert.match(io.outBytes().toString('latin1'), /\xe9\0\x01/);
});
