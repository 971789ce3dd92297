import assert from 'node:assert/strict';
import { isBuiltin } from 'node:module';
import { test } from 'node:test';
import { folderImports, packageImports, systemModules } from './dependency-rules.ts';
import { allImports, folderOf, type Import, importsOf } from './imports.ts';

const imports = allImports();

function breaches(isBreach: (one: Import) => boolean): string[] {
  return imports.filter(isBreach).map(({ file, target }) => `${file} imports ${target}`);
}

/** `chevrotain/x` and `@scope/name/x` are imports of `chevrotain` and `@scope/name`. */
function packageOf(target: string): string {
  return target.split('/', target.startsWith('@') ? 2 : 1).join('/');
}

test('finds imports however they are written', () => {
  const text = `import a, { b } from './a.ts';
import type { C } from '../text/c.ts';
export { d } from 'chalk';
import 'node:fs';
import {
  e,
} from '../../package.json';
const f = await import('../format/f.ts');`;
  const found = importsOf('lint/x.ts', text).map(({ target, isLazy, isType }) => [target, isLazy, isType]);
  assert.deepEqual(found, [
    ['lint/a.ts', false, false],
    ['text/c.ts', false, true],
    ['chalk', false, false],
    ['node:fs', false, false],
    ['../package.json', false, false],
    ['format/f.ts', true, false],
  ]);
  assert.ok(imports.length > 50, 'the walk found the sources');
});

test('every folder of src/ has its place in the order', () => {
  const folders = new Set(imports.map(({ folder }) => folder).filter((folder) => folder !== ''));
  assert.deepEqual(
    [...folders].filter((folder) => !(folder in folderImports)),
    [],
  );
});

test('no folder imports one above it', () => {
  const isBreach = ({ folder, target, isOwn }: Import) => {
    const other = folderOf(target);
    if (!isOwn || other === folder || other === '' || other === '..') return false;
    return folder === '' || folderImports[folder]?.includes(other) !== true;
  };
  assert.deepEqual(breaches(isBreach), []);
});

test('the order of the folders has no circle', () => {
  const visit = (folder: string, path: readonly string[]): void => {
    assert.ok(!path.includes(folder), [...path, folder].join(' -> '));
    for (const below of folderImports[folder] ?? []) visit(below, [...path, folder]);
  };
  for (const folder of ['commands', 'lsp', 'serve']) visit(folder, []);
});

test('packages are imported only where they belong', () => {
  const isBreach = ({ folder, target, isOwn }: Import) =>
    !isOwn && !isBuiltin(target) && packageImports[packageOf(target)]?.includes(folder) !== true;
  assert.deepEqual(breaches(isBreach), []);
});

test('only the edge of the program reaches files, network and other processes', () => {
  const isBreach = ({ folder, target, isType }: Import) =>
    !isType && target in systemModules && systemModules[target]?.includes(folder) !== true;
  assert.deepEqual(breaches(isBreach), []);
});

test('help loads neither the grammar nor a package that costs much', () => {
  const eager = imports.filter(({ isLazy, isType }) => !isLazy && !isType);
  const reached = new Set(['commands/main.ts']);
  for (const file of reached) {
    for (const one of eager) if (one.isOwn && one.file === file) reached.add(one.target);
  }
  assert.deepEqual(
    [...reached].filter((file) => ['grammar', 'model', 'serve', 'native'].includes(folderOf(file))),
    [],
  );
  const packages = eager.filter(
    ({ file, target, isOwn }) => reached.has(file) && !isOwn && !isBuiltin(target),
  );
  assert.deepEqual([...new Set(packages.map(({ target }) => target))].sort(), [
    'fastest-levenshtein',
    'yargs',
  ]);
});
