import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatFault, type Host } from '../../src/commands/verify-format.ts';
import { formatFile } from '../../src/format/format-file.ts';
import { detectFormat } from '../../src/grammar/detect.ts';
import { parse } from '../../src/grammar/parse.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { inetdText, xinetdText } from '../support/arbitrary-text.ts';
import { corpusFiles } from '../support/corpus.ts';
import { fixtureFiles } from '../support/fixtures.ts';
import { oracleEnvironment, oracleFiles, oracleTables } from '../support/oracle-host.ts';

const host: Host = { tables: oracleTables(), files: oracleFiles, environment: [...oracleEnvironment.keys()] };

for (const area of ['oracle-xinetd', 'inetd-cases', 'format', 'real/faq']) {
  test(`formatting fixtures/${area} changes no meaning`, () => {
    for (const file of fixtureFiles(area, 'conf')) {
      checkMeaning(SourceText.fromBytes(file, readFileSync(file)));
    }
  });
}

test('formatting real files changes no meaning', (t) => {
  for (const { source } of corpusFiles(t)) checkMeaning(source);
});

test('a text with another value, comment or layout is a fault', () => {
  const before = new SourceText(
    'x',
    '# a\nservice echo\n{\n\ttype            = INTERNAL\n\tsocket_type     = stream\n\twait            = no\n}\n',
  );
  const fault = (text: string) => formatFault(before, new SourceText('x', text), 'xinetd', host);
  assert.equal(fault(before.text), null);
  assert.equal(fault(before.text.replace('= no', '= yes')), 'it would mean something else');
  assert.equal(fault(before.text.replace('# a', '# b')), 'comments would change');
  assert.equal(fault(before.text.replace('  =', '=')), 'formatting it again would change it once more');
});

test('a word less is a fault of inetd.conf, too', () => {
  const text = 'ftp\tstream\ttcp\tnowait\troot\t/bin/ftpd\tftpd -l\n';
  const after = new SourceText('x', text.replace(' -l', ''));
  assert.equal(formatFault(new SourceText('x', text), after, 'inetd', host), 'it would mean something else');
});

function checkMeaning(source: SourceText, format = detectFormat(source)): void {
  const after = new SourceText(source.path, formatFile(parse(source, { format })), source.encoding);
  assert.equal(formatFault(source, after, format, host), null, source.path);
}

for (const [format, text] of [
  ['xinetd', xinetdText],
  ['inetd', inetdText],
] as const) {
  test(`property: formatting ${format}.conf changes no meaning`, () => {
    fc.assert(
      fc.property(text, (each) => checkMeaning(new SourceText('x', each), format)),
      { numRuns: 500, seed: 20261124 },
    );
  });
}
