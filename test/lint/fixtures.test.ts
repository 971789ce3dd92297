import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { lintTree } from '../../src/lint/lint.ts';
import { recommended } from '../../src/lint/presets.ts';
import { readTree } from '../../src/lint/read-tree.ts';
import { loadRules } from '../../src/lint/registry.ts';
import { defaultTarget, dialectOfTarget, type Target } from '../../src/lint/target.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { findingText } from './support/finding-text.ts';
import { memoryFiles } from './support/memory-files.ts';

/*
 * fixtures/lint/<group>/<rule>/invalid/NAME.conf with what is found in it as NAME.txt, and valid/NAME.conf in which
 * nothing is found. Files of a folder NAME.d stand below /etc, and NAME.json says the target, where it matters. XCFG_UPDATE_FIXTURES writes the expectations.
 */
const folder = fileURLToPath(new URL('../../fixtures/lint', import.meta.url));
const rules = await loadRules();

for (const { meta } of rules) {
  for (const kind of ['valid', 'invalid']) {
    const cases = join(folder, meta.name, kind);
    for (const file of existsSync(cases) ? readdirSync(cases).sort() : []) {
      if (!file.endsWith('.conf')) continue;
      test(`${meta.name}: ${kind}/${file}`, () => {
        const found = lintFixture(join(cases, file), meta.name);
        if (kind === 'valid') assert.equal(findingText(found), '');
        else matches(join(cases, file.replace(/\.conf$/, '.txt')), found, meta.name);
      });
    }
  }
}

function lintFixture(path: string, name: string): readonly Diagnostic[] {
  const source = SourceText.fromBytes(basename(path), readFileSync(path));
  const target = { ...defaultTarget, ...targetBeside(path) };
  const tree = readTree(new SourceText('/etc/xinetd.conf', source.text, source.encoding), {
    files: memoryFiles(filesBeside(path.replace(/\.conf$/, '.d'))),
    cwd: '/',
    follow: true,
    dialect: dialectOfTarget(target),
    inetdCompat: target.inetdCompat,
  });
  const active = rules.filter((rule) => rule.meta.name === name || recommended(rule) !== 'off');
  const activeRules = active.map((rule) => ({ rule }));
  return lintTree(tree, { rulesFor: () => activeRules, target });
}

function targetBeside(path: string): Partial<Target> {
  const settings = path.replace(/\.conf$/, '.json');
  return existsSync(settings) ? JSON.parse(readFileSync(settings, 'utf8')).target : {};
}

function filesBeside(below: string): Record<string, Buffer> {
  if (!existsSync(below)) return {};
  const files = readdirSync(below, { withFileTypes: true, recursive: true }).filter((each) => each.isFile());
  return Object.fromEntries(
    files.map((each) => {
      const path = join(each.parentPath, each.name);
      return [`/etc${path.slice(below.length)}`, readFileSync(path)];
    }),
  );
}

function matches(path: string, found: readonly Diagnostic[], name: string): void {
  assert.ok(
    found.some(({ code }) => code === name),
    'the rule has nothing to say',
  );
  const actual = findingText(found);
  if (process.env.XCFG_UPDATE_FIXTURES) writeFileSync(path, actual);
  assert.equal(actual, existsSync(path) ? readFileSync(path, 'utf8') : '');
}
