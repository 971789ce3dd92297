import assert from 'node:assert/strict';
import { test } from 'node:test';
import { childrenOf, leavesOf, walk } from '../../src/ast/walk.ts';
import { parseXinetd } from '../../src/grammar/xinetd/parse.ts';
import { SourceText } from '../../src/text/source-text.ts';

const text = 'service a b\n# why\n{ x\n\twait += no\n\tfoo\n}\ninclude /c # d\n}\n';
const { file } = parseXinetd(new SourceText('x', text));

test('leaves come in source order, whatever node they hang on', () => {
  const leaves = leavesOf(file).map((leaf) =>
    leaf.type === 'Brace' ? leaf.text : text.slice(leaf.start, leaf.end),
  );
  assert.deepEqual(leaves, [
    ...['service', 'a', 'b', '# why', '{', 'x', 'wait', '+=', 'no', 'foo', '}'],
    ...['include', '/c', '#', 'd', '}'],
  ]);
});

test('parents are visited first, each with its own parent', () => {
  const visited: string[] = [];
  walk(file, (node, parent) => visited.push(`${parent?.type ?? '-'}>${node.type}`));
  assert.deepEqual(visited.slice(0, 4), ['->File', 'File>Entry', 'Entry>Word', 'Entry>Word']);
  assert.ok(visited.includes('Attribute>Operator'));
  assert.ok(visited.includes('Brace>Word'));
});

test('children lie within their parent and do not overlap', () => {
  walk(file, (node) => {
    let at = node.start;
    for (const child of childrenOf(node)) {
      assert.ok(child.start >= at, `${child.type} in ${node.type}`);
      assert.ok(child.end <= node.end || child.type === 'Blank', `${child.type} in ${node.type}`);
      at = child.end;
    }
  });
});
