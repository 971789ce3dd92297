import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { lintTree } from '../../src/lint/lint.ts';
import { recommended } from '../../src/lint/presets.ts';
import { readTree } from '../../src/lint/read-tree.ts';
import { loadRules, ruleNames } from '../../src/lint/registry.ts';
import type { Rule, RuleName } from '../../src/lint/rule.ts';
import { defaultTarget } from '../../src/lint/target.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { completeExample } from './support/complete-example.ts';
import { memoryFiles } from './support/memory-files.ts';

const rulesFolder = fileURLToPath(new URL('../../src/lint/rules', import.meta.url));
const rules = await loadRules();

test('the registry names every rule by its file, and every file with a rule', () => {
  const files = readdirSync(rulesFolder, { withFileTypes: true })
    .filter((each) => each.isDirectory())
    .flatMap((group) =>
      readdirSync(join(rulesFolder, group.name)).map((file) => `${group.name}/${file.replace(/\.ts$/, '')}`),
    );
  assert.deepEqual(
    rules.map((rule) => rule.meta.name),
    ruleNames,
  );
  for (const name of ruleNames) assert.ok(files.includes(name), `${name} has no file of its name`);
});

test('no two rules explain each other: one of the findings must stay', () => {
  for (const rule of rules) {
    for (const other of rules) {
      assert.ok(
        rule === other || !explains(rule, other) || !explains(other, rule),
        `${rule.meta.name}, ${other.meta.name}`,
      );
    }
  }
});

for (const rule of rules) {
  const { name, examples } = rule.meta;
  test(`${name}: the bad example gives this finding alone`, () => {
    const found = new Set(codes(lintExample(rule, 'bad')));
    assert.deepEqual(found, new Set([name, ...(examples.also ?? [])]));
  });
  test(`${name}: the good example gives nothing`, () => {
    assert.deepEqual(codes(lintExample(rule, 'good')), []);
  });
  test(`${name}: its documentation is complete`, () => {
    assert.match(rule.meta.summary, /^[A-Z].*[^.]$/);
    assert.match(rule.meta.why, /\.$/);
    assert.notDeepEqual([examples.bad, examples.files?.bad], [examples.good, examples.files?.good]);
    for (const explained of rule.meta.explains ?? []) {
      assert.ok(
        explained.endsWith('/*') || ruleNames.includes(explained as RuleName),
        `explains ${explained}, which is no rule`,
      );
    }
  });
}

function lintExample(rule: Rule, kind: 'bad' | 'good'): readonly Diagnostic[] {
  const { examples } = rule.meta;
  const text = examples.format === 'inetd' ? `${examples[kind]}\n` : completeExample(examples[kind]);
  const also = Object.entries(examples.files?.[kind] ?? {}).map(([path, each]) => [
    path,
    each.includes('...') ? completeExample(each) : each,
  ]);
  const tree = readTree(new SourceText('/etc/xinetd.conf', text), {
    files: memoryFiles(Object.fromEntries(also)),
    cwd: '/',
    format: examples.format ?? 'xinetd',
    follow: true,
  });
  const active = rules
    .filter((each) => each === rule || recommended(each) !== 'off')
    .map((each) =>
      each === rule && examples.options ? { rule: each, options: examples.options } : { rule: each },
    );
  return lintTree(tree, { rulesFor: () => active, target: { ...defaultTarget, ...examples.target } });
}

function codes(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code }) => code);
}

function explains(rule: Rule, other: Rule): boolean {
  return (rule.meta.explains ?? []).some(
    (pattern) =>
      pattern === other.meta.name ||
      (pattern.endsWith('/*') && other.meta.name.startsWith(pattern.slice(0, -1))),
  );
}
