import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { open, readAll, talk } from '../support/clients.ts';
import { startServe, withoutServe } from '../support/serve-process.ts';
import { entry } from '../support/service-text.ts';

const skip = withoutServe();
const toStderr = ['--service-log', 'stderr'];

test('a client is answered, and START and EXIT are in the log file', { skip }, async (t) => {
  const serve = await startServe(t, {
    config: entry('hello', { server: 'FOLDER/hello', log_type: 'FILE FOLDER/log' }),
    scripts: { hello: 'echo hello $REMOTE_HOST' },
  });
  assert.equal(await talk(await serve.port('hello')), 'hello 127.0.0.1\n');
  await serve.stop();
  const log = readFileSync(join(serve.folder, 'log'), 'utf8');
  const time = '\\d\\d/\\d+/\\d+@\\d\\d:\\d\\d:\\d\\d';
  assert.match(log, new RegExp(`^${time}: START: hello pid=(\\d+) from=127\\.0\\.0\\.1\n`));
  assert.match(log, new RegExp(`\n${time}: EXIT: hello status=0 pid=\\d+ duration=\\d\\(sec\\)\n$`));
});

test('a hundred clients at once are all answered', { skip }, async (t) => {
  const serve = await startServe(t, {
    config: entry('hello', { server: 'FOLDER/hello', cps: '0 0' }),
    scripts: { hello: 'echo hello' },
  });
  const port = await serve.port('hello');
  const answers = await Promise.all(Array.from({ length: 100 }, () => talk(port)));
  assert.deepEqual(new Set(answers), new Set(['hello\n']));
});

test('what the client sends and what the server says pass through unchanged', { skip }, async (t) => {
  const serve = await startServe(t, { config: entry('cat', { server: '/bin/cat' }) });
  const socket = await open(await serve.port('cat'));
  const text = 'x'.repeat(300_000);
  socket.end(text);
  assert.equal(await readAll(socket), text);
});

test('IPv6 and dual stack: both kinds of clients come in, IPv4 ones with their plain address', {
  skip,
}, async (t) => {
  const { bind: _, ...anywhere } = { bind: '', server: 'FOLDER/hello' };
  const serve = await startServe(t, {
    config: entry('both', { ...anywhere }).replace(/\tbind.*\n/, ''),
    scripts: { hello: 'echo $REMOTE_HOST' },
  });
  const port = await serve.port('both');
  assert.equal(await talk(port, { host: '::1' }), '::1\n');
  assert.equal(await talk(port), '127.0.0.1\n');
});

test('instances: the client beyond is closed, and the next one served after a server ended', {
  skip,
}, async (t) => {
  const serve = await startServe(t, {
    args: toStderr,
    config: entry('one', { server: 'FOLDER/wait-for-line', instances: 1 }),
    scripts: { 'wait-for-line': 'read line; echo "got $line"' },
  });
  const port = await serve.port('one');
  const first = await open(port);
  await serve.waitFor(/START: one/);
  assert.equal(await talk(port), '');
  await serve.waitFor(/FAIL: one service_limit from=127\.0\.0\.1/);
  first.write('go\n');
  assert.equal(await readAll(first), 'got go\n');
  await serve.waitFor(/EXIT: one/);
  assert.equal(await talk(port, { send: 'again\n' }), 'got again\n');
});

test('cps closes the port for its pause', { skip }, async (t) => {
  const serve = await startServe(t, {
    args: toStderr,
    config: entry('rate', { server: 'FOLDER/hello', cps: '2 1', port: 0 }),
    scripts: { hello: 'echo hello' },
  });
  const port = await serve.port('rate');
  // All at once, for the second that counts may be over on a busy machine.
  const answers = await Promise.all([talk(port), talk(port), talk(port)]);
  assert.deepEqual(answers.sort(), ['', 'hello\n', 'hello\n']);
  await serve.waitFor(
    /Deactivating service rate due to excessive incoming connections\. {2}Restarting in 1 seconds\./,
  );
  await serve.waitFor(/Activating service rate\n/);
});

test('only_from and no_access decide before anything is started', { skip }, async (t) => {
  const serve = await startServe(t, {
    args: toStderr,
    config:
      entry('closed', { server: 'FOLDER/hello', only_from: '10.0.0.0/8' }) +
      entry('open', { server: 'FOLDER/hello', only_from: '127.0.0.0/8', no_access: '127.0.0.9' }),
    scripts: { hello: 'echo hello' },
  });
  assert.equal(await talk(await serve.port('closed')), '');
  await serve.waitFor(/FAIL: closed address from=127\.0\.0\.1/);
  assert.doesNotMatch(serve.output, /START: closed/);
  assert.equal(await talk(await serve.port('open')), 'hello\n');
});

test('banners: one for everybody, one for who is served, one for who is not', { skip }, async (t) => {
  const banners = { banner: 'FOLDER/all', banner_success: 'FOLDER/in', banner_fail: 'FOLDER/out' };
  const serve = await startServe(t, {
    config:
      entry('open', { ...banners, server: '/bin/echo', server_args: 'served' }) +
      entry('closed', { ...banners, server: '/bin/echo', instances: 0 }),
    scripts: { all: 'welcome', in: 'come in', out: 'go away' },
  });
  const shebang = '#!/bin/sh\n';
  assert.equal(await talk(await serve.port('open')), `${shebang}welcome\n${shebang}come in\nserved\n`);
  assert.equal(await talk(await serve.port('closed')), `${shebang}welcome\n${shebang}go away\n`);
});

test('clients that have gone before their banner cost nothing that does not come back', {
  skip,
}, async (t) => {
  const serve = await startServe(t, {
    config: entry('greets', { server: '/bin/cat', banner: 'FOLDER/text', banner_success: 'FOLDER/text' }),
    scripts: { text: 'welcome' },
  });
  const port = await serve.port('greets');
  const descriptors = (): number => readdirSync(`/proc/${serve.pid}/fd`).length;
  const before = descriptors();
  serve.child.kill('SIGSTOP');
  for (let client = 0; client < 10; client++) {
    const socket = await open(port);
    socket.resetAndDestroy();
    await once(socket, 'close');
  }
  serve.child.kill('SIGCONT');
  const last = await open(port);
  last.end();
  assert.match(await readAll(last), /welcome/);
  await eventually(() => assert.equal(descriptors(), before));
  assert.doesNotMatch(serve.output, /CRITICAL/);
});

test('-limit counts the servers of all services', { skip }, async (t) => {
  const serve = await startServe(t, {
    args: [...toStderr, '-limit', '1'],
    config: entry('one', { server: '/bin/cat' }) + entry('two', { server: '/bin/cat' }),
  });
  const first = await open(await serve.port('one'));
  await serve.waitFor(/START: one/);
  assert.equal(await talk(await serve.port('two')), '');
  await serve.waitFor(/FAIL: two process_limit/);
  first.end();
  await readAll(first);
});

test('a log that cannot be opened refuses the entry', { skip }, async (t) => {
  const serve = await startServe(t, {
    config:
      entry('unlogged', { server: '/bin/true', log_type: 'FILE /no/such/folder/log' }) +
      entry('fine', { server: '/bin/echo', server_args: 'fine' }),
  });
  assert.match(
    serve.output,
    /Service unlogged is not started: log_type: creation of unlogged log failed: No such file/,
  );
  assert.equal(await talk(await serve.port('fine')), 'fine\n');
});

test('log_type of defaults is one file for all', { skip }, async (t) => {
  const serve = await startServe(t, {
    config:
      'defaults\n{\n\tlog_type = FILE FOLDER/common\n\tlog_on_success = PID\n}\n' +
      entry('one', { server: '/bin/true' }) +
      entry('two', { server: '/bin/true' }),
  });
  await talk(await serve.port('one'));
  await talk(await serve.port('two'));
  await serve.stop();
  const log = readFileSync(join(serve.folder, 'common'), 'utf8');
  assert.match(log, /START: one/);
  assert.match(log, /START: two/);
});

test('the name of a log has the bytes of the file, whether a service or defaults names it', {
  skip,
}, async (t) => {
  const hello = { server: '/bin/echo' };
  const serve = await startServe(t, {
    encoding: 'latin1',
    config:
      'defaults\n{\n\tlog_type = FILE FOLDER/größe\n}\n' +
      entry('common', hello) +
      entry('own', { ...hello, log_type: 'FILE FOLDER/schön' }),
  });
  await talk(await serve.port('common'));
  await talk(await serve.port('own'));
  const names = (): string[] => readdirSync(serve.folder, 'buffer').map((name) => name.toString('latin1'));
  await eventually(() => assert.deepEqual(names().sort(), ['größe', 'schön', 'xinetd.conf']));
});
