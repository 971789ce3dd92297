import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import type { Attribute, BlockEntry } from '../../../src/ast/nodes.ts';
import { parse } from '../../../src/grammar/parse.ts';
import { SourceText } from '../../../src/text/source-text.ts';

setFlagsFromString('--allow-natives-syntax');
const isSmallInteger: (value: number) => boolean = runInThisContext('(value) => %IsSmi(value)');
const haveOneClass: (one: object, other: object) => boolean = runInThisContext(
  '(one, other) => %HaveSameMap(one, other)',
);

function entryOf(text: string): BlockEntry {
  const { file } = parse(new SourceText('xinetd.conf', text));
  const entry = file.children.find((node): node is BlockEntry => node.type === 'Entry');
  assert.ok(entry !== undefined);
  return entry;
}

function attributeOf(entry: BlockEntry): Attribute {
  const [attribute] = entry.attributes;
  assert.ok(attribute !== undefined);
  return attribute;
}

test('places are small integers and no numbers of their own on the heap', () => {
  const entry = entryOf('service web\n{\n\tonly_from = 192.0.2.1 192.0.2.2\n}\n');
  const attribute = attributeOf(entry);
  for (const node of [entry, entry.keyword, entry.name, attribute, attribute.name, ...attribute.values]) {
    assert.ok(node !== null && isSmallInteger(node.start) && isSmallInteger(node.end), JSON.stringify(node));
  }
});

test('nodes of one kind have one hidden class, whatever they hold', () => {
  const one = entryOf('service web\n{\n\tdisable = no\n}\n');
  const other = entryOf('service mail\n{\n\tport = 25\n\tuser = nobody\n}\n');
  assert.ok(haveOneClass(one, other));
  assert.ok(haveOneClass(attributeOf(one), attributeOf(other)));
  assert.ok(haveOneClass(one.keyword, attributeOf(other).name ?? {}));
});
