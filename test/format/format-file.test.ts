import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Format } from '../../src/ast/nodes.ts';
import { formatFile, formatParsed } from '../../src/format/format-file.ts';
import { detectFormat } from '../../src/grammar/detect.ts';
import { parse } from '../../src/grammar/parse.ts';
import { problemsOf } from '../../src/grammar/result.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { applyEdits } from '../../src/text/text-edit.ts';
import { inetdText, xinetdText } from '../support/arbitrary-text.ts';
import { corpusFiles } from '../support/corpus.ts';
import { fixtures, problemLines } from '../support/fixtures.ts';
import { inetdLinesAsRead, xinetdComments, xinetdLinesAsRead } from '../support/lines-as-read.ts';

for (const fixture of fixtures('format')) {
  test(`formats ${fixture.name}`, () => {
    const source = fixture.source('input.conf');
    const format = fixture.name.startsWith('inetd-') ? 'inetd' : 'xinetd';
    const result = parse(source, { format });
    fixture.expect('expected.conf', source.encode(formatFile(result)));
    fixture.expect('diagnostics.txt', problemLines(source, problemsOf(result.file)));
    check(source, format);
  });
}

test('formats only what a range touches', () => {
  const text = 'service a\n{\nwait = no\n}\nservice b\n{\nwait = no\n}\nservice c\n{\nwait = no\n}\n';
  const source = new SourceText('x', text);
  const at = text.indexOf('b\n{');
  const { edits } = formatParsed(parse(source), { start: at, end: at + 1 });
  assert.equal(
    applyEdits(text, edits),
    'service a\n{\nwait = no\n}\n\nservice b\n{\n\twait            = no\n}\nservice c\n{\nwait = no\n}\n',
  );
});

test('property: formatting xinetd.conf changes no word, keeps comments, and once is enough', () => {
  fc.assert(
    fc.property(xinetdText, (text) => check(new SourceText('x', text), 'xinetd')),
    { numRuns: 3000, seed: 20261124 },
  );
});

test('property: the same for inetd.conf', () => {
  fc.assert(
    fc.property(inetdText, (text) => check(new SourceText('x', text), 'inetd')),
    { numRuns: 3000, seed: 20261124 },
  );
});

test('real files keep their words and comments, and once is enough', (t) => {
  for (const { source } of corpusFiles(t)) check(source, detectFormat(source));
});

/** Everything that formatting must not change, whatever the text. */
function check(source: SourceText, format: Format): void {
  const once = formatFile(parse(source, { format }));
  const formatted = new SourceText(source.path, once, source.encoding);
  const read = format === 'xinetd' ? xinetdLinesAsRead : inetdLinesAsRead;
  assert.deepEqual(read(once), read(source.text), source.path);
  if (format === 'xinetd') assert.deepEqual(xinetdComments(once), xinetdComments(source.text), source.path);
  assert.equal(formatFile(parse(formatted, { format })), once, source.path);
}
