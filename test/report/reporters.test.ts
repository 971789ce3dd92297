import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { reportFormats } from '../../src/commands/report-formats.ts';
import { loadReporter } from '../../src/report/reporters.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { schemaChecker } from '../support/schema.ts';
import { sampleReport } from './support.ts';

const extensions: Readonly<Record<string, string>> = {
  pretty: 'txt',
  compact: 'txt',
  github: 'txt',
  checkstyle: 'xml',
  junit: 'xml',
};

for (const format of reportFormats) {
  test(`${format} prints the sample as recorded`, async () => {
    const reporter = await loadReporter(format);
    matches(`${format}.${extensions[format] ?? 'json'}`, reporter(sampleReport(), { color: false }));
  });

  test(`${format} never lets an escape character of the input through`, async () => {
    const reporter = await loadReporter(format);
    assert.ok(!reporter(sampleReport(), { color: false }).includes('\x1b'));
  });

  test(`${format} has something to say about no findings at all, or nothing`, async () => {
    const reporter = await loadReporter(format);
    const text = reporter(
      { version: '1.2.3', files: [], isComplete: true, rules: [], skippedRules: [], notes: [] },
      { color: false },
    );
    assert.ok(text === '' || text.endsWith('\n'));
    if (extensions[format] === undefined) assert.doesNotThrow(() => JSON.parse(text));
  });
}

test('json keeps to its schema', async () => {
  const reporter = await loadReporter('json');
  schemaChecker('lint-report')(JSON.parse(reporter(sampleReport(), { color: false })), 'the sample');
});

test('pretty colours only when asked to', async () => {
  const reporter = await loadReporter('pretty');
  const colored = reporter(sampleReport(), { color: true });
  assert.match(colored, /\x1b\[31merror\x1b\[39m/);
  assert.equal(colored.replace(/\x1b\[\d+m/g, ''), reporter(sampleReport(), { color: false }));
});

test('pretty shows a few of many related places, and says how many there are', async () => {
  const reporter = await loadReporter('pretty');
  const report = sampleReport();
  const related = Array.from({ length: 12 }, (_, index) => {
    const source = new SourceText('lines', 'x\n'.repeat(12));
    return { source, range: { start: index * 2, end: index * 2 + 1 }, message: 'felt here' };
  });
  const files = report.files.map(({ source, diagnostics }) => ({
    source,
    diagnostics: diagnostics.slice(0, 1).map((each) => ({ ...each, related })),
  }));
  const text = reporter({ ...report, files }, { color: false });
  assert.equal(text.match(/felt here/g)?.length, 5);
  assert.match(text, /see 7 more places/);
});

/** Compares with a file below fixtures/report; XCFG_UPDATE_FIXTURES writes it. */
function matches(file: string, actual: string): void {
  const url = new URL(`../../fixtures/report/${file}`, import.meta.url);
  if (process.env.XCFG_UPDATE_FIXTURES) writeFileSync(url, actual);
  assert.ok(existsSync(url), `fixtures/report/${file} is missing: set XCFG_UPDATE_FIXTURES`);
  assert.equal(actual, readFileSync(url, 'utf8'));
}
