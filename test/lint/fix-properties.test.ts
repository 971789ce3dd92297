import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Format } from '../../src/ast/nodes.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { Analysis } from '../../src/lint/analysis.ts';
import { fixTree, type Overrides } from '../../src/lint/fix-tree.ts';
import { lintTree } from '../../src/lint/lint.ts';
import { reachGrows } from '../../src/lint/reach.ts';
import { readTree } from '../../src/lint/read-tree.ts';
import { loadRules } from '../../src/lint/registry.ts';
import type { SourceTree } from '../../src/lint/source-tree.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { applyEdits } from '../../src/text/text-edit.ts';
import { corpusFiles } from '../support/corpus.ts';
import { memoryFiles } from './support/memory-files.ts';

/*
 * What holds for every fix of every fixture: the finding is gone when it is made, fixing ends, and safe fixes never
 * let anyone reach what could not be reached before.
 */
const folder = fileURLToPath(new URL('../../fixtures/lint', import.meta.url));
const rules = (await loadRules()).map((rule) => ({ rule }));
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /^[^/]+\/[^/]+\/invalid\/[^/]+\.conf$/.test(name))
  .sort();

const lint = (tree: SourceTree) => lintTree(tree, { rulesFor: () => rules });

function read(source: SourceText, overrides: Overrides = new Map(), format?: Format): SourceTree {
  const main = overrides.get(source.path) ?? source;
  return readTree(main, { files: memoryFiles({}), cwd: '/', follow: true, format });
}

for (const name of names) {
  const bytes = readFileSync(join(folder, name));
  const source = SourceText.fromBytes('/etc/xinetd.conf', bytes);

  test(`${name}: each fix takes its finding away`, () => {
    const before = lint(read(source));
    for (const each of before) {
      if (each.fix === undefined || each.location.source !== source) continue;
      const fixed = new SourceText(source.path, applyEdits(source.text, each.fix.edits), source.encoding);
      assert.ok(
        countOf(lint(read(fixed)), each) < countOf(before, each),
        `${each.code}: ${each.fix.description} at ${each.location.range.start}`,
      );
    }
  });

  test(`${name}: safe fixes end, leave none, and open nothing`, () => fixesSafely(source));

  test(`${name}: all fixes together end`, () => {
    const options = {
      level: 'unsafe',
      read: (overrides: Overrides) => read(source, overrides),
      lint,
    } as const;
    const fixed = fixTree(options);
    assert.ok(
      fixed.diagnostics.every(({ fix }) => fix === undefined),
      'a fix is left that could be made',
    );
  });
}

test('files of the corpus: safe fixes end, leave none, and open nothing', (t) => {
  for (const { source } of corpusFiles(t)) {
    fixesSafely(new SourceText(`/${source.path}`, source.text, source.encoding), formatOfCorpus(source.path));
  }
});

function formatOfCorpus(path: string): Format | undefined {
  return path.startsWith('inetd/') ? 'inetd' : path.startsWith('xinetd/') ? 'xinetd' : undefined;
}

function fixesSafely(source: SourceText, format?: Format): void {
  const from = (text: SourceText) => ({
    level: 'safe' as const,
    read: (overrides: Overrides) => read(overrides.get(source.path) ?? text, new Map(), format),
    lint,
  });
  const fixed = fixTree(from(source));
  const left = fixed.diagnostics.filter(({ fix }) => fix?.safety === 'safe');
  assert.deepEqual(
    left.map(({ code, message }) => `${code}: ${message}`),
    [],
    `${source.path}: safe fixes are left`,
  );
  const text = fixed.changed.get(source.path) ?? source;
  assert.equal(fixTree(from(text)).made.length, 0, `${source.path}: a second run changes something`);
  const [before, after] = [source, text].map(
    (each) => new Analysis(read(each, new Map(), format)).configuration,
  );
  assert.ok(before !== undefined && after !== undefined && !reachGrows(before, after), source.path);
}

/** Behind a word that is repaired the daemon finds the next one, so the same finding is one with the same message. */
function countOf(diagnostics: readonly Diagnostic[], { code, message }: Diagnostic): number {
  return diagnostics.filter((each) => each.code === code && each.message === message).length;
}
