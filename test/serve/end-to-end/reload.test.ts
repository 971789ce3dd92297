import assert from 'node:assert/strict';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withoutPrivateNetwork } from '../../support/daemons.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { open, readAll, talk } from '../support/clients.ts';
import { type ServeProcess, startServe, withoutServe } from '../support/serve-process.ts';
import { entry } from '../support/service-text.ts';

const skip = withoutServe();

function rewrite(serve: ServeProcess, config: string): void {
  writeFileSync(join(serve.folder, 'xinetd.conf'), config.replaceAll('FOLDER', serve.folder));
  serve.child.kill('SIGHUP');
}

test('HUP changes a service without letting go of its socket or its servers', { skip }, async (t) => {
  const serve = await startServe(t, {
    args: ['--service-log', 'stderr'],
    config: entry('word', { server: '/bin/cat' }),
    scripts: { hello: 'echo hello' },
  });
  const port = await serve.port('word');
  const before = await open(port);
  await serve.waitFor(/START: word/);
  rewrite(serve, entry('word', { server: 'FOLDER/hello' }));
  await serve.waitFor(/Reconfigured: new=0 old=1 dropped=0 \(services\)/);
  assert.equal(await talk(port), 'hello\n');
  before.end('still here');
  assert.equal(await readAll(before), 'still here');
});

test('a fault in the new text leaves everything as it runs', { skip }, async (t) => {
  const hello = entry('hello', { server: 'FOLDER/hello' });
  const serve = await startServe(t, { config: hello, scripts: { hello: 'echo hello' } });
  const port = await serve.port('hello');
  rewrite(
    serve,
    `${entry('other', { server: 'FOLDER/hello' })}${entry('broken', { server: 'FOLDER/hello', wait: 'maybe' })}`,
  );
  await serve.waitFor(/reconfiguration failed/);
  assert.match(serve.output, /ERROR: new: Service broken is not started: wait: .*maybe \(.*:\d+\)/);
  assert.equal(await talk(port), 'hello\n');
  rmSync(join(serve.folder, 'xinetd.conf'));
  serve.child.kill('SIGHUP');
  await serve.waitFor(/No such file.*\n.*reconfiguration failed/);
  assert.doesNotMatch(serve.output, /Exiting/);
  assert.equal(await talk(port), 'hello\n');
  rewrite(serve, hello);
  await serve.waitFor(/Reconfigured: new=0 old=1/);
});

test('a text without a service leaves everything as it runs', { skip }, async (t) => {
  const hello = entry('hello', { server: 'FOLDER/hello' });
  const serve = await startServe(t, { config: hello, scripts: { hello: 'echo hello' } });
  const port = await serve.port('hello');
  rewrite(serve, '');
  await serve.waitFor(/no services would be left, which -stayalive allows\n.*reconfiguration failed/);
  assert.equal(await talk(port), 'hello\n');
  rewrite(serve, `${hello}# again\n`);
  await serve.waitFor(/Reconfigured: new=0 old=1 dropped=0/);
});

test('with -stayalive a text without a service ends them all', { skip }, async (t) => {
  const hello = entry('hello', { server: 'FOLDER/hello' });
  const serve = await startServe(t, {
    args: ['-stayalive'],
    config: hello,
    scripts: { hello: 'echo hello' },
  });
  const port = await serve.port('hello');
  rewrite(serve, '');
  await serve.waitFor(/Reconfigured: new=0 old=0 dropped=1/);
  assert.equal(await talk(port), '');
  rewrite(serve, hello);
  await serve.waitFor(/Reconfigured: new=1 old=0 dropped=0/);
});

test('each fault is logged once, and the one that keeps a reload from happening is marked', {
  skip,
}, async (t) => {
  const hello = entry('hello', { server: 'FOLDER/hello' });
  const old = entry('old', { server: 'FOLDER/hello', wait: 'perhaps' });
  const serve = await startServe(t, { config: hello + old, scripts: { hello: 'echo hello' } });
  await serve.port('hello');
  const linesAbout = (word: string) => serve.output.split('\n').filter((line) => line.includes(word));
  assert.equal(linesAbout('perhaps').length, 1);
  rewrite(serve, hello + old + entry('slip', { server: 'FOLDER/hello', wait: 'maybe' }));
  await serve.waitFor(/reconfiguration failed/);
  const [faulty, ...others] = linesAbout('maybe');
  assert.match(faulty ?? '', /ERROR: new: Service slip is not started: wait: /);
  assert.deepEqual(others, []);
  assert.equal(linesAbout('perhaps').length, 2);
  assert.doesNotMatch(linesAbout('perhaps').join('\n'), /new:/);
});

test('a file that is included and cannot be read is a fault as well', { skip }, async (t) => {
  const hello = entry('hello', { server: 'FOLDER/hello' });
  const serve = await startServe(t, { config: hello, scripts: { hello: 'echo hello' } });
  const port = await serve.port('hello');
  rewrite(serve, `${hello}include FOLDER/gone\n`);
  await serve.waitFor(/reconfiguration failed/);
  assert.match(
    serve.output,
    /ERROR: new: Unable to open .*gone: there is no such file; create it, or remove/,
  );
  assert.match(serve.output, /ERROR: new: Service hello is not started: .*gone is not read, .* \(.*:\d+\)/);
  assert.equal(await talk(port), 'hello\n');
});

test('a log that was moved away is begun anew', { skip }, async (t) => {
  const config = entry('hello', { server: 'FOLDER/hello', log_type: 'FILE FOLDER/log' });
  const serve = await startServe(t, { config, scripts: { hello: 'echo hello' } });
  const port = await serve.port('hello');
  await talk(port);
  // The client may be gone before the line is written.
  await serve.fileMatches(join(serve.folder, 'log'), /START: hello/);
  renameSync(join(serve.folder, 'log'), join(serve.folder, 'log.1'));
  rewrite(serve, config);
  await serve.waitFor(/Reconfigured/);
  await talk(port);
  await serve.stop();
  assert.match(readFileSync(join(serve.folder, 'log.1'), 'utf8'), /START: hello/);
  assert.match(readFileSync(join(serve.folder, 'log'), 'utf8'), /START: hello/);
});

test('rules of libwrap close a service when they are written, also beside a faulty text', {
  skip: skip || withoutPrivateNetwork(),
}, async (t) => {
  const hello = entry('hello', { server: 'FOLDER/hello', flags: 'IPv4' });
  const free = entry('free', { server: 'FOLDER/hello' });
  const etc = join(temporaryFolder(t), 'etc');
  const serve = await startServe(t, {
    under: ['unshare', '-m', 'sh', '-c', `cp -a /etc ${etc} && mount --bind ${etc} /etc && exec "$@"`, 'sh'],
    config: hello + free,
    scripts: { hello: 'echo hello' },
  });
  const [port, open] = [await serve.port('hello'), await serve.port('free')];
  assert.equal(await talk(port), 'hello\n');
  writeFileSync(join(etc, 'hosts.deny'), 'ALL: ALL\n');
  await serve.waitFor(/Service hello is not started: flags: hosts.allow or hosts.deny hold rules/);
  await serve.waitFor(/service hello deactivated/);
  assert.equal(await talk(port), '');
  assert.equal(await talk(open), 'hello\n');
  rewrite(serve, hello + free);
  await serve.waitFor(/Reconfigured: new=0 old=1 dropped=0/);
  rmSync(join(etc, 'hosts.deny'));
  rewrite(serve, `${hello}${free}# again\n`);
  await serve.waitFor(/Reconfigured: new=1 old=1 dropped=0/);
});
