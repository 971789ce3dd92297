import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
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

function read(source: SourceText, overrides: Overrides = new Map()): SourceTree {
  const main = overrides.get(source.path) ?? source;
  return readTree(main, { files: memoryFiles({}), cwd: '/', follow: true });
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

  test(`${name}: safe fixes end, and open nothing`, () => {
    const options = { level: 'safe', read: (overrides: Overrides) => read(source, overrides), lint } as const;
    const fixed = fixTree(options);
    const text = fixed.changed.get(source.path) ?? source;
    assert.equal(fixTree({ ...options, read: (o) => read(o.get(source.path) ?? text, o) }).fixCount, 0);
    const [before, after] = [read(source), read(text)].map((tree) => new Analysis(tree).configuration);
    assert.ok(before !== undefined && after !== undefined && !reachGrows(before, after));
  });

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

/** Behind a word that is repaired the daemon finds the next one, so the same finding is one with the same message. */
function countOf(diagnostics: readonly Diagnostic[], { code, message }: Diagnostic): number {
  return diagnostics.filter((each) => each.code === code && each.message === message).length;
}
