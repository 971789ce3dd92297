import assert from 'node:assert/strict';
import { test } from 'node:test';
import { astJson } from '../../src/ast/json.ts';
import type { File } from '../../src/ast/nodes.ts';
import { restore } from '../../src/ast/restore.ts';
import { parse } from '../../src/grammar/parse.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { corpusFiles } from '../support/corpus.ts';
import { fixtures } from '../support/fixtures.ts';
import { schemaChecker } from '../support/schema.ts';

const checkSchema = schemaChecker('ast');

test('the tree of one entry', () => {
  const source = new SourceText('x.conf', 'service a\n{\n\twait = no\n}\n');
  const document = JSON.parse(jsonOf(source));
  assert.equal(document.version, 1);
  assert.equal(document.path, 'x.conf');
  const [attribute] = document.ast.children[0].body;
  assert.deepEqual(attribute.values, [
    {
      type: 'Word',
      range: { start: { offset: 20, line: 3, column: 9 }, end: { offset: 22, line: 3, column: 11 } },
      text: 'no',
    },
  ]);
});

test('every node at the top level is a line of its own', () => {
  const lines = jsonOf(new SourceText('x', '# one\ninclude /a\n\nfoo\n')).split('\n');
  assert.equal(lines.length, 1 + 4 + 2);
  for (const line of lines.slice(1, 5)) assert.doesNotThrow(() => JSON.parse(line.replace(/,$/, '')));
});

for (const fixture of fixtures('format')) {
  test(`the schema describes the tree of ${fixture.name}, which holds all text`, () => {
    checkDocument(fixture.source('input.conf'));
  });
}

test('the schema describes the trees of real files, which hold all text', (t) => {
  for (const { source } of corpusFiles(t)) checkDocument(source);
});

function jsonOf(source: SourceText): string {
  return [...astJson(parse(source).file, source)].join('');
}

function checkDocument(source: SourceText): void {
  const document: { ast: unknown } = JSON.parse(jsonOf(source));
  checkSchema(document, source.path);
  assert.equal(restore(asTree(document.ast), source), source.text);
}

/** The tree behind a document: places back to offsets. */
function asTree(document: unknown): File {
  const flatten = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(flatten);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, each]) => [key, flatten(each)] as const);
    const flat = Object.fromEntries(entries);
    const { range, ...rest } = flat as { range?: { start: { offset: number }; end: { offset: number } } };
    return range === undefined ? flat : { ...rest, start: range.start.offset, end: range.end.offset };
  };
  return flatten(document) as File;
}
