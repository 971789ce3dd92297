import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { File, Format } from '../../src/ast/nodes.ts';
import { LostTextError, restore } from '../../src/ast/restore.ts';
import { parse } from '../../src/grammar/parse.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { inetdText, xinetdText } from '../support/arbitrary-text.ts';
import { corpusFiles } from '../support/corpus.ts';

const source = new SourceText('x', '# a\n\ninclude /b\n');
const { file } = parse(source);

test('puts a text together again, white space included', () => {
  assert.equal(restore(file, source), source.text);
});

test('complains about text that is in no leaf', () => {
  const lossy: File = { ...file, children: file.children.filter((node) => node.type !== 'Comment') };
  assert.throws(() => restore(lossy, source), LostTextError);
});

test('complains about leaves that overlap', () => {
  const [first] = file.children;
  assert.ok(first !== undefined);
  const overlapping: File = { ...file, children: [first, ...file.children] };
  assert.throws(() => restore(overlapping, source), LostTextError);
});

for (const [format, text] of Object.entries({ xinetd: xinetdText, inetd: inetdText })) {
  test(`property: no text of ${format}.conf is lost`, () => {
    fc.assert(
      fc.property(text, (each) => {
        const any = new SourceText('x', each);
        assert.equal(restore(parse(any, { format: format as Format }).file, any), each);
      }),
      { numRuns: 2000, seed: 20261124 },
    );
  });
}

test('real files come back byte for byte, broken ones too', (t) => {
  for (const { source: real, bytes } of corpusFiles(t)) {
    assert.deepEqual(real.encode(restore(parse(real).file, real)), bytes, real.path);
  }
});
