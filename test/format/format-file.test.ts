import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatEdits, formatFile } from '../../src/format/format-file.ts';
import { parse } from '../../src/grammar/parse.ts';
import { problemsOf } from '../../src/grammar/result.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { applyEdits } from '../../src/text/text-edit.ts';
import { xinetdText } from '../support/arbitrary-text.ts';
import { corpusFiles } from '../support/corpus.ts';
import { fixtures, problemLines } from '../support/fixtures.ts';
import { xinetdComments, xinetdLinesAsRead } from '../support/lines-as-read.ts';

for (const fixture of fixtures('format')) {
  test(`formats ${fixture.name}`, () => {
    const source = fixture.source('input.conf');
    const result = parse(source, { format: fixture.name.startsWith('inetd-') ? 'inetd' : 'xinetd' });
    fixture.expect('expected.conf', source.encode(formatFile(result)));
    fixture.expect('diagnostics.txt', problemLines(source, problemsOf(result.file)));
    checkXinetd(source);
  });
}

test('formats only what a range touches', () => {
  const text = 'service a\n{\nwait = no\n}\nservice b\n{\nwait = no\n}\nservice c\n{\nwait = no\n}\n';
  const source = new SourceText('x', text);
  const at = text.indexOf('b\n{');
  const edits = formatEdits(parse(source), { start: at, end: at + 1 });
  assert.equal(
    applyEdits(text, edits),
    'service a\n{\nwait = no\n}\n\nservice b\n{\n\twait            = no\n}\nservice c\n{\nwait = no\n}\n',
  );
});

test('property: formatting xinetd.conf changes no word, keeps comments, and once is enough', () => {
  fc.assert(
    fc.property(xinetdText, (text) => checkXinetd(new SourceText('x', text))),
    { numRuns: 3000, seed: 20261124 },
  );
});

test('real files of xinetd.conf keep their words and comments, and once is enough', (t) => {
  for (const { source, kind } of corpusFiles(t)) {
    if (kind === 'xinetd') checkXinetd(source);
  }
});

/** Everything that formatting must not change, whatever the text. */
function checkXinetd(source: SourceText): void {
  const once = formatFile(parse(source, { format: 'xinetd' }));
  const formatted = new SourceText(source.path, once, source.encoding);
  assert.deepEqual(xinetdLinesAsRead(once), xinetdLinesAsRead(source.text), source.path);
  assert.deepEqual(xinetdComments(once), xinetdComments(source.text), source.path);
  assert.equal(formatFile(parse(formatted, { format: 'xinetd' })), once, source.path);
}
