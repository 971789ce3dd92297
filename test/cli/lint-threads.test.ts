import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { reportFormats } from '../../src/commands/report-formats.ts';
import { launcher, runXcfg } from '../support/run-xcfg.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Every kind of thing that one file may have to do with another: ids, ports, defaults, suppressions, loops, copies. */
function writeFleet(folder: string): void {
  const parts = join(folder, 'xinetd.d');
  mkdirSync(parts);
  for (let number = 0; number < 600; number += 1) {
    const lines = [
      '\ttype = UNLISTED',
      '\tsocket_type = stream',
      `\tport = ${20_000 + (number % 290)}`,
      '\twait = no',
      '\tuser = nobody',
      `\tserver = /usr/libexec/answer${number % 7 === 0 ? ' # of the team' : ''}`,
      number % 5 === 0 ? '# xcfg-disable-next-line security/no-access-control' : '\tbind = 192.0.2.1',
      number % 11 === 0 ? '\tcolour = red' : '\tonly_from = 192.0.2.0/24',
    ];
    const end = number % 50 === 3 ? '' : '}\n';
    const name = number % 97 === 0 ? 'same' : `web${number}`;
    writeFileSync(join(parts, `web${number}`), `service ${name}\n{\n${lines.join('\n')}\n${end}`);
  }
  writeFileSync(join(parts, 'web.rpmsave'), 'service old\n{\n\tdisable = yes\n}\n');
  writeFileSync(join(parts, 'zz'), `defaults\n{\n\tdisabled = web1 nothing\n}\ninclude ${parts}/web5\n`);
  const main = `include ${join(folder, 'missing')}\nincludedir ${parts}\ninclude ${join(folder, 'xinetd.conf')}\n`;
  writeFileSync(join(folder, 'xinetd.conf'), main);
}

const inputs = {
  'a folder': (folder: string) => [join(folder, 'xinetd.d')],
  'a main file': (folder: string) => [join(folder, 'xinetd.conf')],
  'a pattern': (folder: string) => [join(folder, 'xinetd.d', 'web*')],
  'files beside what includes them': (folder: string) => [
    join(folder, 'xinetd.d', 'web7'),
    join(folder, 'xinetd.conf'),
  ],
};

for (const [what, words] of Object.entries(inputs)) {
  test(`${what}: the same bytes with any number of threads`, (t) => {
    const folder = temporaryFolder(t);
    writeFleet(folder);
    const run = (workers: number) =>
      runXcfg(['lint', '--format=json', '--rule=style/*=info', `--workers=${workers}`, ...words(folder)]);
    const alone = run(1);
    assert.equal(alone.status, 1);
    assert.ok(alone.stdout.length > 1000);
    for (const workers of [2, 3]) assert.deepEqual(run(workers), alone);
  });
}

test('the same bytes in every format', (t) => {
  const folder = temporaryFolder(t);
  writeFleet(folder);
  for (const format of reportFormats) {
    const run = (workers: number) =>
      runXcfg(['lint', `--format=${format}`, `--workers=${workers}`, join(folder, 'xinetd.d', 'web1*')]);
    assert.deepEqual(run(2), run(1), format);
  }
});

test('what comes through a pipe is read once, with any number of threads and beside any number of files', (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'large'), '#\n'.repeat(1024 * 1024));
  writeFileSync(join(cwd, 'entry'), 'service web\n{\n\tcolour = red\n}\n');
  for (const workers of [1, 2]) {
    const words = [launcher, 'lint', '--format=compact', `--workers=${workers}`, 'large', '/dev/stdin'];
    const shell = ['-c', 'cat entry | "$@"', 'sh', process.execPath, ...words];
    const { stdout, status } = spawnSync('sh', shell, { cwd, encoding: 'utf8' });
    assert.match(stdout, /^\/dev\/stdin:3:2: error: unknown attribute 'colour'/m);
    assert.equal(status, 1);
  }
});

test('what keeps a thread from working is said as without threads', (t) => {
  const folder = temporaryFolder(t);
  writeFleet(folder);
  const run = (workers: number) =>
    runXcfg(['lint', `--workers=${workers}`, '--facts', 'nothing.json', join(folder, 'xinetd.d', 'web1*')]);
  assert.match(run(1).stderr, /nothing\.json/);
  assert.deepEqual(run(2), run(1));
});

test('fixes are made by one, whatever is asked for', (t) => {
  const [one, two] = [temporaryFolder(t), temporaryFolder(t)];
  for (const [workers, folder] of [one, two].entries()) {
    mkdirSync(join(folder, 'd'));
    for (const name of ['a', 'b']) {
      writeFileSync(join(folder, 'd', name), `service ${name}\n{\n\tdisable = yes # off\n}\n`);
    }
    runXcfg(['lint', '--fix', `--workers=${workers + 1}`, 'd/a', 'd/b'], { cwd: folder });
  }
  for (const name of ['a', 'b']) {
    const [first, second] = [one, two].map((folder) => readFileSync(join(folder, 'd', name), 'utf8'));
    assert.doesNotMatch(first ?? '', /yes #/);
    assert.equal(first, second);
  }
});

test('a number of threads that is none is refused', () => {
  for (const word of ['0', '-1', '1.5', 'many']) {
    assert.equal(runXcfg(['lint', `--workers=${word}`, '-'], { input: '' }).status, 2, word);
  }
});
