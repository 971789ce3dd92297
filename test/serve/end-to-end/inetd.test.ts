import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { freePort, readAll, talk } from '../support/clients.ts';
import { startServe, withoutServe } from '../support/serve-process.ts';

const skip = withoutServe();
const user = userInfo().username;
const group = execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();
const owner = process.getuid?.() === 0 ? ':daemon:daemon:' : `:${user}:${group}:`;
const file = 'inetd.conf';

test('an inetd.conf is served as it is', { skip }, async (t) => {
  const port = await freePort();
  await startServe(t, {
    file,
    config: `# services\n127.0.0.1:${port} stream tcp nowait ${user} FOLDER/args my-name one two\n`,
    scripts: { args: 'echo $# $1 $2' },
  });
  assert.equal(await talk(port), '2 one two\n');
});

test('nowait.2: the third start in a minute closes the service for ten minutes', { skip }, async (t) => {
  const port = await freePort();
  const serve = await startServe(t, {
    file,
    config: `127.0.0.1:${port} stream tcp nowait.2 ${user} FOLDER/hello hello\n`,
    scripts: { hello: 'echo hello' },
  });
  const answers = [await talk(port), await talk(port), await talk(port)];
  assert.deepEqual(answers, ['hello\n', 'hello\n', '']);
  await serve.waitFor(/Restarting in 600 seconds/);
});

test('FreeBSD’s limits: children, connections a minute and children of one address', { skip }, async (t) => {
  const [children, rate] = [await freePort(), await freePort()];
  await startServe(t, {
    file,
    config:
      `127.0.0.1:${children} stream tcp nowait/0/0/1 ${user} FOLDER/slow slow\n` +
      `127.0.0.1:${rate} stream tcp nowait/0/2 ${user} FOLDER/hello hello\n`,
    scripts: { slow: 'read line; echo slow', hello: 'echo hello' },
  });
  const first = connect(children, '127.0.0.1');
  const said = readAll(first);
  assert.equal(await talk(children), '', 'a second child for the same address');
  first.end('\n');
  assert.equal(await said, 'slow\n');
  const answers = [await talk(rate), await talk(rate), await talk(rate)];
  assert.deepEqual(answers, ['hello\n', 'hello\n', '']);
});

test('a UNIX socket is served, with the owner and mode of the line', { skip }, async (t) => {
  const serve = await startServe(t, {
    file,
    config: `${owner}600:FOLDER/socket stream unix nowait ${user} FOLDER/hello hello\n`,
    scripts: { hello: 'echo hello' },
  });
  const path = join(serve.folder, 'socket');
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(await readAll(connect(path)), 'hello\n');
});

test('without a mode everybody may connect to it, as with inetd, and it goes with the daemon', {
  skip,
}, async (t) => {
  const serve = await startServe(t, {
    file,
    config: `FOLDER/socket stream unix nowait ${user} FOLDER/hello hello\n`,
    scripts: { hello: 'echo hello' },
  });
  const path = join(serve.folder, 'socket');
  assert.equal(statSync(path).mode & 0o777, 0o666);
  assert.equal(await readAll(connect(path)), 'hello\n');
  await serve.stop();
  assert.equal(existsSync(path), false);
});

test('the path of a UNIX socket has the bytes of the file, whatever they are', { skip }, async (t) => {
  const name = 'schön';
  const line = (encoding: 'utf8' | 'latin1') =>
    startServe(t, {
      file,
      encoding,
      config: `FOLDER/${name} stream unix nowait ${user} FOLDER/hello hello\n`,
      scripts: { hello: 'echo hello' },
    });
  const utf8 = await line('utf8');
  assert.deepEqual(readdirSync(utf8.folder).sort(), ['hello', 'inetd.conf', name]);
  assert.equal(await readAll(connect(join(utf8.folder, name))), 'hello\n');
  const latin1 = await line('latin1');
  const names = readdirSync(latin1.folder, 'buffer').map((each) => each.toString('latin1'));
  assert.deepEqual(names.sort(), ['hello', 'inetd.conf', name]);
});

test('its lines have no words for a log: nothing is logged of them, or with --service-log stderr everything', {
  skip,
}, async (t) => {
  for (const args of [[], ['--service-log', 'stderr']]) {
    const port = await freePort();
    const serve = await startServe(t, {
      file,
      args,
      config: `127.0.0.1:${port} stream tcp nowait.1 ${user} FOLDER/hello hello\n`,
      scripts: { hello: 'echo hello' },
    });
    assert.deepEqual([await talk(port), await talk(port)], ['hello\n', '']);
    await serve.waitFor(/Deactivating service/);
    if (args.length > 0) {
      await serve.waitFor(/START: \d+ pid=\d+ from=127\.0\.0\.1\n/);
      await serve.waitFor(/EXIT: \d+ status=0 pid=\d+ duration=\d+\(sec\)\n/);
      await serve.waitFor(/FAIL: \d+ connections per second from=127\.0\.0\.1\n/);
    }
    assert.equal(await serve.stop(), 0);
    if (args.length === 0) assert.doesNotMatch(serve.output, /START|EXIT:|FAIL/);
  }
});
