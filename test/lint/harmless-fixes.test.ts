import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixTree, type Overrides } from '../../src/lint/fix-tree.ts';
import { harmlessFixes } from '../../src/lint/harmless-fixes.ts';
import { lintTree } from '../../src/lint/lint.ts';
import { readTree } from '../../src/lint/read-tree.ts';
import { loadRules } from '../../src/lint/registry.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { memoryFiles } from './support/memory-files.ts';

const rules = (await loadRules())
  .filter(({ meta }) => meta.name === 'syntax/trailing-comment')
  .map((rule) => ({ rule }));

/** Makes the safe fixes of a text; tells how often it was read for that. */
function fix(text: string) {
  const source = new SourceText('/etc/xinetd.conf', text);
  let reads = 0;
  const fixed = fixTree({
    level: 'safe',
    read: (overrides: Overrides) => {
      reads += 1;
      return readTree(overrides.get(source.path) ?? source, {
        files: memoryFiles({}),
        cwd: '/',
        follow: true,
      });
    },
    lint: (tree) => lintTree(tree, { rulesFor: () => rules }),
  });
  return { text: fixed.changed.get(source.path)?.text ?? text, isHeldBack: fixed.isHeldBack, reads };
}

function entries(count: number, ...lines: readonly string[]): string {
  const own = ['type = UNLISTED', 'socket_type = stream', 'protocol = tcp', 'server = /bin/cat'];
  return Array.from({ length: count }, (_, at) => {
    const all = [`port = ${20_000 + at}`, ...own, ...lines];
    return `service s${at}\n{\n${all.map((line) => `\t${line}\n`).join('')}}\n`;
  }).join('');
}

test('of two faults that keep an entry from running one is repaired, however many such entries there are', () => {
  const twice = ['wait = no # never', 'user = nobody # nobody else'];
  const [few, many] = [10, 80].map((count) => fix(entries(count, ...twice)));
  assert.ok(few?.isHeldBack && many?.isHeldBack);
  assert.equal(many.text.match(/# nobody else/g)?.length, 80);
  assert.equal(many.text.match(/^\twait = no$/gm)?.length, 80);
  assert.equal(many.reads, few.reads);
});

test('what is repaired elsewhere does not depend on them', () => {
  const running = entries(20, 'wait = no', 'user = nobody', 'instances = 5 # few').replaceAll(' s', ' r');
  const ports = running.replaceAll('port = 2', 'port = 3');
  const fixed = fix(entries(20, 'wait = no # never', 'user = nobody # nobody else') + ports);
  assert.equal(fixed.text.match(/^\tinstances = 5$/gm)?.length, 20);
  assert.equal(fixed.text.match(/# nobody else/g)?.length, 20);
});

test('a fix of defaults that does harm to all takes no other with it', () => {
  const defaults = 'defaults\n{\n\tinstances = 9 # all\n}\n';
  const text = defaults + entries(20, 'wait = no', 'user = nobody', 'instances = 5 # few');
  const files = memoryFiles({});
  const tree = readTree(new SourceText('/etc/xinetd.conf', text), { files, cwd: '/', follow: true });
  const found = lintTree(tree, { rulesFor: () => rules });
  const [ofDefaults] = found;
  const names = new Set(Array.from({ length: 20 }, (_, at) => `s${at}`));
  const kept = harmlessFixes(found, tree, (batch) =>
    batch.some((each) => each === ofDefaults) ? names : null,
  );
  assert.equal(found.length, 21);
  assert.deepEqual(kept, found.slice(1));
});
