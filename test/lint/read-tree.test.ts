import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DialectChoice } from '../../src/catalog/inetd-dialects.ts';
import { readFolder, readTree } from '../../src/lint/read-tree.ts';
import type { SourceTree } from '../../src/lint/source-tree.ts';
import { deepestInclude } from '../../src/model/includes.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { memoryFiles } from './support/memory-files.ts';

const service = (name: string) => `service ${name}\n{\n\twait = no\n}\n`;

/** `/c/0` includes `/c/1` and so on, with a service in each behind it. */
function chain(length: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length }, (_, at) => [
      `/c/${at}`,
      `${at === length - 1 ? '' : `include /c/${at + 1}\n`}${service(`s${at}`)}`,
    ]),
  );
}

function read(main: string, files = memoryFiles({})): SourceTree {
  return readTree(new SourceText('/main.conf', main), { files, cwd: '/', follow: true });
}

const outcomes = ({ inclusions }: SourceTree) =>
  inclusions.filter(({ outcome }) => outcome !== 'read').map(({ path, outcome }) => `${path} ${outcome}`);

test('a chain of includes is followed to the bound of the model, and no further', () => {
  const tree = read('include /c/0\n', memoryFiles(chain(4000)));
  assert.equal(tree.files.length, deepestInclude + 1);
  assert.deepEqual(outcomes(tree), [`/c/${deepestInclude} too-deep`]);
});

test('a chain of .include is followed as far', () => {
  const texts = Object.fromEntries(
    Array.from({ length: 300 }, (_, at) => [
      `/c/${at}`,
      `${9000 + at} stream tcp nowait nobody /bin/a a\n.include "${at + 1}"\n`,
    ]),
  );
  const tree = read('.include "c/0"\n', memoryFiles(texts));
  assert.equal(tree.files.length, deepestInclude + 1);
  assert.deepEqual(outcomes(tree), [`/c/${deepestInclude} too-deep`]);
});

test('names of .include start in the folder of the file that it stands in, as the user named that', () => {
  const line = '9000 stream tcp nowait nobody /bin/a a\n';
  const files = memoryFiles({
    '/home/etc/sub/a': `.include ../b\n.include "/x/*"\n${line}`,
    '/home/etc/b': line,
    '/x/1': line,
    '/x/2': line,
  });
  const tree = readTree(new SourceText('etc/main', '.include sub/[!b]\n'), {
    files,
    cwd: '/home',
    follow: true,
  });
  assert.deepEqual(
    tree.files.map(({ source, path }) => [source.path, path]),
    [
      ['etc/main', '/home/etc/main'],
      ['etc/sub/a', '/home/etc/sub/a'],
      ['etc/sub/../b', '/home/etc/b'],
      ['/x/1', '/x/1'],
      ['/x/2', '/x/2'],
    ],
  );
  const names = tree.entries.map(({ source }) => source.path);
  assert.deepEqual(names, ['etc/sub/../b', '/x/1', '/x/2', 'etc/sub/a']);
});

test('.include is followed where the dialect has it', () => {
  const files = memoryFiles({ '/more': '9000 stream tcp nowait nobody /bin/a a\n' });
  const main = new SourceText('/main.conf', '.include "more"\n');
  const options = { files, cwd: '/', follow: true, format: 'inetd' } as const;
  const count = (dialect: DialectChoice) => readTree(main, { ...options, dialect }).files.length;
  assert.deepEqual([count('auto'), count('netbsd'), count('freebsd')], [2, 2, 1]);
});

test('the files of a folder are in the order in which they are read, however deep they include each other', () => {
  const texts = chain(4000);
  const sources = Object.entries(texts).map(([path, text]) => new SourceText(path, text));
  const tree = readFolder(sources, '/c', { files: memoryFiles(texts), cwd: '/', follow: true });
  const names = tree.entries.map(({ entry }) => entry.name?.text);
  assert.equal(names.length, 4000);
  assert.equal(names[0], `s${deepestInclude}`);
});

test('a file is known again by another name, and as a file of its own folder', () => {
  const named = memoryFiles({ '/main.conf': '', '/link': 'include /link\n' });
  const alias = { ...named, identity: (path: string) => (path === '/link' ? '/main.conf' : path) };
  assert.deepEqual(outcomes(read('include /link\n', alias)), ['/link loop']);
  const folder = memoryFiles({ '/d/a': `includedir /d\n${service('a')}`, '/d/b': service('b') });
  const tree = read('includedir /d\n', folder);
  assert.deepEqual(outcomes(tree), ['/d/a loop']);
  assert.deepEqual(
    tree.entries.map(({ entry }) => entry.name?.text),
    ['b', 'a'],
  );
});
