import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TopLevel } from '../../src/ast/nodes.ts';
import { parse } from '../../src/grammar/parse.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { generateCase } from '../differential/generate.ts';
import { InetdTexts } from '../differential/inetd-texts.ts';
import { Random } from '../differential/random.ts';
import { lintText } from './support/lint-text.ts';

/*
 * Which rule speaks about a line that the grammar cannot read depends on what stands in it. Between two rules there must be
 * no line of which none speaks.
 */
test('of every line with an error of the grammar in it a rule speaks', () => {
  for (let seed = 1; seed <= 300; seed++) assertSpokenOf(generateCase(new Random(seed)).main, 'xinetd');
  for (let seed = 1; seed <= 30; seed++) {
    assertSpokenOf(`${new InetdTexts(seed).file(40, 20_000).join('\n')}\n`, 'inetd');
  }
  const words = [
    'service',
    'defaults',
    'include',
    'nice',
    'x',
    '5',
    '=',
    '+=',
    '==',
    ':=',
    '-',
    '{',
    '}',
    '};',
  ];
  for (const line of words.flatMap((first) => ['', ...words].map((second) => `${first} ${second}`.trim()))) {
    assertSpokenOf(`service a\n{\n\tport = 8080\n\t${line}\n\twait = no\n}\n`, 'xinetd');
    assertSpokenOf(`service a\n{\n\tport = 8080\n\t${line}\n}\nservice b\n{\n}\n`, 'xinetd');
  }
});

function assertSpokenOf(text: string, format: 'xinetd' | 'inetd'): void {
  const source = new SourceText(`/etc/${format}.conf`, text);
  const spoken = new Set<number>();
  for (const { location, related = [] } of lintText(text, {}, source.path)) {
    for (const { range } of [location, ...related]) {
      for (const line of linesOf(source, range)) spoken.add(line);
    }
  }
  for (const problem of parse(source, { format }).file.children.flatMap(problemsOf)) {
    const lines = linesOf(source, problem);
    assert.ok(
      lines.some((line) => spoken.has(line)),
      `${problem.code} in line ${lines[0]} of ${text}`,
    );
  }
}

function problemsOf(node: TopLevel) {
  return node.type === 'Entry' ? node.problems.filter(({ severity }) => severity === 'error') : [];
}

function linesOf(source: SourceText, { start, end }: { readonly start: number; readonly end: number }) {
  const [first, last] = [source.lineAt(start), source.lineAt(Math.max(start, end - 1))];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
