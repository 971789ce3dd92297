import assert from 'node:assert/strict';
import { userInfo } from 'node:os';
import { test } from 'node:test';
import { daemonEnvironment, daemonPath, withoutDaemons } from '../../support/daemons.ts';
import { freePort, talk } from '../support/clients.ts';
import { startServe, withoutServe } from '../support/serve-process.ts';
import { entry } from '../support/service-text.ts';

// What the xinetd FAQ promises, with real programs behind the entries.

const isRoot = process.getuid?.() === 0;
const skip = withoutServe();

test('F10: there is no limit on the number of server arguments', { skip }, async (t) => {
  const words = Array.from({ length: 5000 }, (_, at) => `word${at}`);
  const serve = await startServe(t, {
    config: entry('many', { server: 'FOLDER/count', server_args: words.join(' ') }),
    scripts: { count: 'echo $#' },
  });
  assert.equal(await talk(await serve.port('many')), '5000\n');
});

test('F13, F16: a server behind tcpd, by its path in argv[0]', {
  skip: skip || withoutDaemons('tcpd'),
}, async (t) => {
  const serve = await startServe(t, {
    config: entry('wrapped', {
      flags: 'NAMEINARGS NOLIBWRAP',
      server: daemonPath('tcpd') ?? '',
      server_args: 'FOLDER/real -R FOLDER/behind',
    }),
    scripts: { real: 'echo "$# $1"' },
    env: daemonEnvironment(),
  });
  assert.equal(await talk(await serve.port('wrapped')), '2 -R\n');
});

test('F14: a server in a changed root', { skip: skip || (!isRoot && 'needs root') }, async (t) => {
  const serve = await startServe(t, {
    config: entry('jail', { user: 'root', server: '/usr/sbin/chroot', server_args: '/ /bin/echo inside' }),
  });
  assert.equal(await talk(await serve.port('jail')), 'inside\n');
});

test('F20: cvs pserver, the inetd line and the xinetd entry, which passes no environment', {
  skip,
}, async (t) => {
  const scripts = { cvs: 'echo "$0 $@"; env | grep -v "^\\(PWD\\|SHLVL\\|_\\|OLDPWD\\)="' };
  const roots = '--allow-root=/srv/cvs/one --allow-root=/srv/cvs/two';
  const xinetd = await startServe(t, {
    config: entry('cvspserver', { passenv: '', server: 'FOLDER/cvs', server_args: `${roots} pserver -f` }),
    scripts,
  });
  assert.equal(
    await talk(await xinetd.port('cvspserver')),
    `${xinetd.folder}/cvs ${roots} pserver -f\nREMOTE_HOST=127.0.0.1\n`,
  );
  const port = await freePort();
  const inetd = await startServe(t, {
    file: 'inetd.conf',
    config: `127.0.0.1:${port} stream tcp nowait ${userInfo().username} FOLDER/cvs cvs ${roots} pserver\n`,
    scripts,
  });
  const [firstLine] = (await talk(port)).split('\n');
  assert.equal(firstLine, `${inetd.folder}/cvs ${roots} pserver`);
});
