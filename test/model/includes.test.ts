import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { diskFiles } from '../../src/model/host/disk-files.ts';
import { deepestInclude, mostRepeatedReads } from '../../src/model/includes.ts';
import { resolve } from '../../src/model/resolve.ts';
import type { Configuration } from '../../src/model/service.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { oracleTables } from '../support/oracle-host.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/* What becomes of includes that cannot be read, under the profile `serve`; files are those of a folder of their own. */

const tables = oracleTables();

function entry(name: string, port: number, ...lines: readonly string[]): string {
  const basic = ['type = UNLISTED', 'socket_type = stream', 'protocol = tcp', 'wait = no', 'user = root'];
  const all = [...basic, `port = ${port}`, 'server = /bin/cat', ...lines];
  return `service ${name}\n{\n${all.map((line) => `\t${line}\n`).join('')}}\n`;
}

/** Reads `main.conf` of a folder with these files. */
function load(
  t: TestContext,
  files: Readonly<Record<string, string>>,
  prepare: (folder: string) => void = () => {},
  inetd?: string,
): Configuration & { readonly folder: string } {
  const folder = temporaryFolder(t);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  prepare(folder);
  const configuration = resolve('main.conf', {
    profile: 'serve',
    tables,
    files: diskFiles({ directory: folder }),
    ...(inetd === undefined ? {} : { inetdCompat: new SourceText('inetd.conf', inetd) }),
  });
  return { ...configuration, folder };
}

const running = ({ services }: Configuration) => services.map(({ id }) => id);
const errors = ({ diagnostics }: Configuration) =>
  diagnostics
    .filter(({ severity }) => severity === 'ERROR')
    .map(({ file, line, message }) => `${file}:${line}: ${message}`);

test('a file that is missing closes every service, above and below, with its line and the reason', (t) => {
  const configuration = load(t, {
    'main.conf': `${entry('one', 20001)}include gone.conf\nincludedir d\n`,
    'd/two': entry('two', 20002),
  });
  assert.deepEqual(running(configuration), []);
  assert.deepEqual(errors(configuration), [
    'main.conf:11: Unable to open included configuration file: gone.conf: there is no such file; create it, or remove what names it',
  ]);
  const reason = 'gone.conf is not read, and may hold restrictions';
  assert.deepEqual(
    configuration.dropped.map(({ id, cause, reasons }) => [
      id,
      cause,
      ...reasons.map(({ file, line, message }) => `${file}:${line}: ${message}`),
    ]),
    [
      ['one', 'fault', `main.conf:11: ${reason}`],
      ['two', 'fault', `main.conf:11: ${reason}`],
    ],
  );
});

const unread: readonly (readonly [what: string, line: string, message: RegExp])[] = [
  ['a directory', 'include folder', /Unable to open .*: folder: it is a directory/],
  ['a directory that is missing', 'includedir gone', /Unable to read .*: gone: there is no such directory/],
  ['no directory', 'includedir file', /Unable to read .*: file: it is no directory/],
  ['a path that is missing', 'include', /'include' needs a path/],
  ['a link of the folder that leads nowhere', 'includedir folder', /folder\/link: there is no such file/],
];

for (const [what, line, message] of unread) {
  test(`nothing runs beside an include of ${what}`, (t) => {
    const configuration = load(t, { 'main.conf': `${entry('one', 20001)}${line}\n`, file: '' }, (folder) => {
      mkdirSync(join(folder, 'folder'));
      symlinkSync('gone', join(folder, 'folder', 'link'));
    });
    assert.deepEqual(running(configuration), []);
    assert.match(errors(configuration).join('\n'), message);
  });
}

test('nothing runs beside a misspelt include: its file is not read either', (t) => {
  for (const word of ['inlcude', 'include_dir', 'Includ', 'includedirr']) {
    const configuration = load(t, { 'main.conf': `${word} d\n${entry('one', 20001)}` });
    assert.deepEqual(running(configuration), [], word);
    assert.match(errors(configuration).join('\n'), /^main\.conf:1: /);
  }
  assert.deepEqual(running(load(t, { 'main.conf': `import d\n${entry('one', 20001)}` })), ['one']);
});

test('an empty folder, and what is no file in one, hold nothing back', (t) => {
  const configuration = load(
    t,
    { 'main.conf': `includedir d\nincludedir empty\n`, 'd/one': entry('one', 20001), 'd/sub/x': '' },
    (folder) => mkdirSync(join(folder, 'empty')),
  );
  assert.deepEqual(running(configuration), ['one']);
});

test('a file that cannot be read and faults of defaults close the lines of an inetd.conf that is read as well', (t) => {
  const line = '7000 stream tcp nowait root /bin/cat\n';
  assert.deepEqual(running(load(t, { 'main.conf': '' }, undefined, line)), ['7000']);
  assert.deepEqual(running(load(t, { 'main.conf': 'include gone\n' }, undefined, line)), []);
  const fault = 'defaults\n{\n\tonly_form = 192.0.2.1\n}\n';
  assert.deepEqual(running(load(t, { 'main.conf': fault }, undefined, line)), []);
});

test('in inetd.conf it closes what it could have replaced: the lines above', (t) => {
  const text = (pattern: string) =>
    `7001 stream tcp nowait root /bin/cat\n.include "${pattern}"\n7002 stream tcp nowait root /bin/cat\n`;
  const gone = load(t, { 'main.conf': text('gone.conf') });
  assert.deepEqual(running(gone), ['7002']);
  assert.deepEqual(errors(gone), [
    'main.conf:2: Unable to open included configuration file: gone.conf: there is no such file; create it, or remove what names it',
  ]);
  assert.deepEqual(running(load(t, { 'main.conf': text('gone/*.conf') })), ['7002']);
  assert.deepEqual(running(load(t, { 'main.conf': text('[z-a]') })), ['7002']);
  const fits = load(t, { 'main.conf': text('*.local'), 'a.local': '7003 stream tcp nowait root /bin/cat\n' });
  assert.deepEqual(running(fits), ['7001', '7003', '7002']);
  const nothing = load(t, { 'main.conf': text('*.local') });
  assert.deepEqual([running(nothing), errors(nothing)], [['7001', '7002'], []]);
});

test('a file is itself by whatever name: it is read once, and the loop is said', (t) => {
  const defaults = 'defaults\n{\n\tinstances = 3\n}\n';
  for (const name of ['main.conf', './main.conf', 'd/../main.conf', 'link', 'd/up/main.conf']) {
    const configuration = load(
      t,
      { 'main.conf': `${defaults}${entry('one', 20001)}include ${name}\n`, 'd/x': '' },
      (folder) => {
        symlinkSync('main.conf', join(folder, 'link'));
        symlinkSync('..', join(folder, 'd', 'up'));
      },
    );
    assert.deepEqual(running(configuration), ['one'], name);
    assert.deepEqual(errors(configuration), [`main.conf:15: ${name} includes itself`]);
  }
});

test('a loop of inetd.conf is said as well, by any name and by a pattern that fits the file itself', (t) => {
  const line = '7001 stream tcp nowait root /bin/cat\n';
  for (const pattern of ['main.conf', './main.conf', '*.conf', './m*', 'lin?']) {
    const configuration = load(t, { 'main.conf': `${line}.include "${pattern}"\n` }, (folder) =>
      symlinkSync('main.conf', join(folder, 'link')),
    );
    assert.deepEqual(running(configuration), ['7001'], pattern);
    assert.match(errors(configuration).join('\n'), /^main\.conf:2: \S+ includes itself$/);
  }
});

for (const [format, directive, service] of [
  ['xinetd', (at: number) => `include ${at}.conf\n`, (at: number) => entry(`s${at}`, 20_000 + at)],
  [
    'inetd',
    (at: number) => `.include "${at}.conf"\n`,
    (at: number) => `${20_000 + at} stream tcp nowait root /bin/cat\n`,
  ],
] as const) {
  const chain = (length: number) =>
    Object.fromEntries(
      Array.from({ length }, (_, at) => [
        at === 0 ? 'main.conf' : `${at}.conf`,
        `${service(at)}${at === length - 1 ? '' : directive(at + 1)}`,
      ]),
    );

  test(`${format}: files include each other down to a bound, and too deep is an error with its place`, (t) => {
    assert.equal(running(load(t, chain(deepestInclude + 1))).length, deepestInclude + 1);
    const deep = load(t, chain(4000));
    assert.deepEqual(running(deep), []);
    const [error = ''] = errors(deep);
    assert.match(
      error,
      /^100\.conf:\d+: 101\.conf is not read: files include each other more than 100 levels/,
    );
  });

  test(`${format}: files that include the next one twice do not multiply without end`, (t) => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [
        at === 0 ? 'main.conf' : `${at}.conf`,
        at === 39 ? service(at) : directive(at + 1).repeat(2),
      ]),
    );
    const configuration = load(t, files);
    assert.deepEqual(running(configuration), []);
    assert.match(
      errors(configuration).join('\n'),
      new RegExp(`\\.conf:2: .* is not read again: .* that ${mostRepeatedReads} were read`),
    );
  });
}
