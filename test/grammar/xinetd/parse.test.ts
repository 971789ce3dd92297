import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { BlockEntry, File } from '../../../src/ast/nodes.ts';
import { restore } from '../../../src/ast/restore.ts';
import { problemsOf } from '../../../src/grammar/result.ts';
import { parseXinetd } from '../../../src/grammar/xinetd/parse.ts';
import { XinetdParser } from '../../../src/grammar/xinetd/parser.ts';
import { SourceText } from '../../../src/text/source-text.ts';
import { xinetdText } from '../../support/arbitrary-text.ts';

function parse(text: string): { file: File; codes: string[]; entries: BlockEntry[] } {
  const { file } = parseXinetd(new SourceText('x.conf', text));
  return {
    file,
    codes: problemsOf(file).map((problem) => problem.code),
    entries: file.children.filter((node): node is BlockEntry => node.type === 'Entry'),
  };
}

test('the grammar itself has no ambiguities', () => {
  assert.doesNotThrow(() => new XinetdParser({ skipValidations: false }));
});

test('an entry holds its attributes with exact ranges', () => {
  const text = '# web\nservice http\n{\n\twait = no\n\tonly_from += 10.0.0.0/8 ::1\n}\n';
  const { entries, codes } = parse(text);
  const [entry] = entries;
  assert.deepEqual(codes, []);
  assert.equal(entry?.name?.text, 'http');
  assert.deepEqual(
    entry?.attributes.map((each) => [
      each.key,
      each.operator?.operator,
      each.values.map((value) => value.text),
    ]),
    [
      ['wait', 'set', ['no']],
      ['only_from', 'add', ['10.0.0.0/8', '::1']],
    ],
  );
  const value = entry?.attributes[1]?.values[1];
  assert.equal(text.slice(value?.start, value?.end), '::1');
});

test('an operator that touches the name is still an assignment, with a problem', () => {
  const { entries, codes } = parse('service a\n{\nonly_from+=10.0.0.1\nport=80\n}\n');
  assert.deepEqual(
    entries[0]?.attributes.map((each) => [each.key, each.operator?.operator]),
    [
      ['only_from', 'add'],
      ['port', 'set'],
    ],
  );
  assert.deepEqual(codes, ['missing-space-before-operator', 'missing-space-before-operator']);
});

test('a keyword in front of an operator is the name of an attribute', () => {
  const { entries, codes } = parse('service a\n{\nservice = two words\nDefaults +=x\nservice b\n}\n');
  assert.deepEqual(
    entries[0]?.attributes.map(({ key, name, operator, values, end }) => [
      ...[key, name?.text, operator?.operator, operator?.start, operator?.end],
      ...[values.map((value) => `${value.start} ${value.text}`), end],
    ]),
    [
      ['service', 'service', 'set', 20, 21, ['22 two', '26 words'], 31],
      ['defaults', 'Defaults', 'add', 41, 43, ['43 x'], 44],
    ],
  );
  assert.deepEqual(codes, ['missing-operator']);
});

const assignments: readonly (readonly [line: string, name: string, operator: string, from: string])[] = [
  ['port=80', 'port', 'set', '='],
  ['port \t\v\f\r = 80', 'port', 'set', '='],
  ['port += 80', 'port', 'add', '+='],
  ['port+ = 80', 'port+', 'set', '='],
  ['port-=80', 'port', 'remove', '-='],
  ['port++=80', 'port+', 'add', '+='],
  ['++=80', '+', 'add', '+='],
  ['a-b=80', 'a-b', 'set', '='],
];

for (const [line, name, operator, from] of assignments) {
  test(`the parts of ${JSON.stringify(line)}`, () => {
    const text = `service a\n{\n${line}\n}\n`;
    const [attribute] = parse(text).entries[0]?.attributes ?? [];
    assert.equal(attribute?.name?.text, name);
    assert.equal(text.slice(attribute?.name?.start, attribute?.name?.end), name);
    assert.equal(attribute?.operator?.operator, operator);
    assert.equal(text.slice(attribute?.operator?.start, attribute?.operator?.end), from);
    assert.deepEqual(
      attribute?.values.map((value) => value.text),
      ['80'],
    );
  });
}

for (const line of ['port - = 80', 'port ++= 80', '= 80', '+= 80', 'port', 'port\0= 80']) {
  test(`no assignment: ${JSON.stringify(line)}`, () => {
    const [entry] = parse(`service a\n{\n${line}\n}\n`).entries;
    assert.deepEqual(entry?.attributes, []);
    assert.equal(entry?.body[0]?.type, 'Unknown');
  });
}

test('outside of entries a sign that touches the name belongs to its word', () => {
  const [together, apart] = parse('only_from+=10.0.0.1\nonly_from += 10.0.0.1\n').file.children;
  const words = (node: typeof apart) => (node?.type === 'Unknown' ? node.words.map(({ text }) => text) : []);
  assert.deepEqual(words(together), ['only_from+', '=', '10.0.0.1']);
  assert.deepEqual(words(apart), ['only_from', '+=', '10.0.0.1']);
});

test('a brace on the header line opens the entry, with a problem', () => {
  const { entries, codes } = parse('service a {\nwait = no\n}\ndefaults {\n}\n');
  assert.equal(entries.length, 2);
  assert.equal(entries[0]?.attributes.length, 1);
  assert.deepEqual(codes, ['brace-on-header-line', 'brace-on-header-line']);
});

test('entries without braces end where the next one begins', () => {
  const { entries, codes } = parse('service a\n  wait = no\nservice b\n  wait = yes\n');
  assert.deepEqual(
    entries.map((entry) => [entry.name?.text, entry.attributes.length]),
    [
      ['a', 1],
      ['b', 1],
    ],
  );
  assert.deepEqual(codes, [
    'missing-open-brace',
    'missing-close-brace',
    'missing-open-brace',
    'missing-close-brace',
  ]);
});

test('a lost closing brace does not swallow the next entry', () => {
  const { entries, codes } = parse('service a\n{\nwait = no\nservice b\n{\nwait = no\n}\n');
  assert.deepEqual(
    entries.map((entry) => entry.name?.text),
    ['a', 'b'],
  );
  assert.deepEqual(codes, ['missing-close-brace']);
});

test('text behind a closing brace is kept and reported', () => {
  const { entries, codes } = parse('service a\n{\nwait = no\n} # end\nservice b\n{\n}\n');
  assert.deepEqual(
    entries[0]?.close?.extra.map((word) => word.text),
    ['#', 'end'],
  );
  assert.equal(entries.length, 2);
  assert.deepEqual(codes, ['text-beside-brace']);
});

test('lines that are no assignment are unknown nodes inside their entry', () => {
  const { entries, codes } = parse('service a\n{\nfoo\ndisable yes\n= no\nservice x\ninclude y\n}\n');
  assert.deepEqual(
    entries[0]?.body.map((node) => node.type),
    ['Unknown', 'Unknown', 'Unknown', 'Unknown', 'Directive'],
  );
  assert.deepEqual(codes, [
    'missing-operator',
    'missing-operator',
    'missing-attribute-name',
    'missing-operator',
    'misplaced-directive',
  ]);
});

test('comments between header and brace stay where they stand', () => {
  const text = 'service a\n# why\n\n{\nwait = no\n}\n';
  const source = new SourceText('x', text);
  assert.equal(restore(parseXinetd(source).file, source), text);
});

test('the end of a comment line is no blank line', () => {
  const { file, entries } = parse('# one\n# two\n\n\0hidden\nservice a\n{\n# why\n}\n');
  assert.deepEqual(
    file.children.map((node) => node.type),
    ['Comment', 'Comment', 'Blank', 'Unknown', 'Entry'],
  );
  assert.deepEqual(
    entries[0]?.body.map((node) => node.type),
    ['Comment'],
  );
});

test('stray text outside of entries is reported once a line', () => {
  const { codes } = parse('\uFEFFfoo bar\n}\nwait = no\n\0hidden\ninclude\n');
  assert.deepEqual(codes, [
    'byte-order-mark',
    'text-outside-section',
    'text-outside-section',
    'text-outside-section',
    'nul-byte',
    'missing-path',
  ]);
});

test('property: nothing is lost, nothing throws', () => {
  fc.assert(
    fc.property(xinetdText, (text) => {
      const source = new SourceText('x', text);
      const { file } = parseXinetd(source);
      assert.equal(restore(file, source), source.text);
      let at = 0;
      for (const node of file.children) {
        assert.ok(node.start >= at, 'children are in order');
        at = node.start;
      }
    }),
    { numRuns: 3000, seed: 20261124 },
  );
});

test('property: bytes that are not UTF-8 come back unchanged', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const source = SourceText.fromBytes('x', Buffer.from(bytes));
      assert.deepEqual(source.encode(restore(parseXinetd(source).file, source)), Buffer.from(bytes));
    }),
    { numRuns: 500, seed: 20261124 },
  );
});

test('a megabyte on one line is one attribute', () => {
  const text = `service a\n{\nserver_args = ${'x'.repeat(1 << 20)} ${'y '.repeat(1 << 18)}\n}\n`;
  const source = new SourceText('x', text);
  const { file } = parseXinetd(source);
  assert.equal(restore(file, source), text);
  assert.equal((file.children[0] as BlockEntry).attributes[0]?.values.length, 1 + (1 << 18));
});
