import assert from 'node:assert/strict';
import { existsSync, lstatSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { main } from '../../src/commands/main.ts';
import { fakeIo } from '../support/fake-io.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const line = 'ftp stream tcp nowait root /usr/sbin/x x\n';

async function convert(cwd: string, ...words: readonly string[]) {
  const io = fakeIo({ cwd, input: line });
  const status = await main(['convert', '-', '--to=systemd', '--out-dir=out', ...words], io);
  return { status, out: io.out(), err: io.err() };
}

function outFolder(t: TestContext): { readonly cwd: string; readonly out: string } {
  const cwd = temporaryFolder(t);
  const out = join(cwd, 'out');
  mkdirSync(out);
  return { cwd, out };
}

test('a folder with the name of a unit stays, also with --force', async (t) => {
  const { cwd, out } = outFolder(t);
  mkdirSync(join(out, 'ftp.socket'));
  writeFileSync(join(out, 'ftp.socket', 'kept'), '');
  const { status, err } = await convert(cwd, '--force');
  assert.deepEqual([status, err], [2, 'xcfg: out/ftp.socket: is a folder\n']);
  assert.deepEqual(readdirSync(out), ['ftp.socket']);
  assert.ok(existsSync(join(out, 'ftp.socket', 'kept')));
});

test('a link that leads nowhere is taken without --force and replaced with it', async (t) => {
  const { cwd, out } = outFolder(t);
  symlinkSync('/nowhere', join(out, 'ftp.socket'));
  assert.match((await convert(cwd)).err, /^xcfg: out\/ftp\.socket: is there already/);
  assert.equal((await convert(cwd, '--force')).status, 0);
  assert.ok(lstatSync(join(out, 'ftp.socket')).isFile());
});

test('a dry run lists the files and tells of those that are there', async (t) => {
  const { cwd, out } = outFolder(t);
  const list = 'out/ftp.socket\nout/ftp@.service\n';
  assert.equal((await convert(cwd, '--dry-run')).status, 0);
  writeFileSync(join(out, 'ftp.socket'), '');
  const { status, out: listed, err } = await convert(cwd, '--dry-run');
  assert.deepEqual([status, listed], [2, list]);
  assert.match(err, /^xcfg: out\/ftp\.socket: is there already/);
  assert.equal((await convert(cwd, '--dry-run', '--force')).status, 0);
});

test('a folder that cannot be made is called as the user did', async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'file'), '');
  const io = fakeIo({ cwd, input: line });
  assert.equal(await main(['convert', '-', '--to=systemd', '--out-dir=file/new'], io), 2);
  assert.match(io.err(), /^xcfg: file\/new: cannot write: not a directory/);
});

test('a folder is no inetd.conf', async (t) => {
  const { cwd, out } = outFolder(t);
  writeFileSync(join(out, 'ftp'), '');
  const io = fakeIo({ cwd });
  assert.equal(await main(['convert', 'out', '--from=inetd'], io), 2);
  assert.match(io.err(), /^xcfg: out is a folder\n/);
});

test('an absolute main file is read below the root', async (t) => {
  const root = temporaryFolder(t);
  mkdirSync(join(root, 'etc'));
  writeFileSync(join(root, 'etc', 'xinetd.conf'), '# below the root\n');
  const io = fakeIo({ cwd: root });
  assert.equal(await main(['convert', '/etc/xinetd.conf', '--to=inetd', `--root=${root}`], io), 0);
  assert.equal(io.out(), '# below the root\n');
});

test('the name of a file in the place of a folder of daemons is a forgotten folder', async (t) => {
  const { cwd } = outFolder(t);
  writeFileSync(join(cwd, 'inetd.conf'), line);
  const io = fakeIo({ cwd, input: line });
  assert.equal(await main(['convert', '--daemon-dir', 'inetd.conf'], io), 2);
  assert.equal(
    io.err(),
    'xcfg: --daemon-dir inetd.conf is a file\nxcfg: name the folder of the daemons before it\n',
  );
  assert.equal(io.out(), '');
});
