import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { reportFormats } from '../../src/commands/report-formats.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { excerptReports } from '../../src/report/excerpt.ts';
import type { Report } from '../../src/report/report.ts';
import { loadReporter } from '../../src/report/reporters.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { sampleReport } from './support.ts';

test('of a long text the lines of the finding are left, where they were', () => {
  const text = `${'# nothing\n'.repeat(5000)}\tonly_from = a # b\n${'# nothing\n'.repeat(5000)}`;
  const start = text.indexOf('# b');
  const source = new SourceText('web', text);
  const [report] = excerptReports([
    {
      source,
      diagnostics: [
        {
          code: 'syntax/trailing-comment',
          severity: 'error',
          message: 'm',
          location: { source, range: { start, end: start + 3 } },
        },
      ],
    },
  ]);
  assert.equal(report?.source.text, '\tonly_from = a # b\n');
  const [found] = report?.diagnostics ?? [];
  assert.equal(found?.location.source, report?.source);
  assert.deepEqual(report?.source.positionAt(found?.location.range.start ?? 0), { line: 5001, column: 16 });
});

test('of a file without a finding its name is left', () => {
  const source = new SourceText('web', 'service web\n{\n}\n');
  const [report] = excerptReports([{ source, diagnostics: [] }]);
  assert.equal(report?.source.path, 'web');
  assert.equal(report?.source.text, '');
});

test('no report tells an excerpt from the whole', async () => {
  const places = fc.array(fc.tuple(fc.nat(60), fc.nat(12)), { minLength: 1, maxLength: 4 });
  const line = fc.constantFrom('', 'service a', '\tdisable = yes # b', '}\r', 'secret secret');
  const property = fc.asyncProperty(
    fc.array(line, { maxLength: 8 }),
    fc.array(places, { maxLength: 4 }),
    fc.boolean(),
    async (lines, findings, isSecret) => {
      const sources = ['one', 'two'].map((path) => new SourceText(path, lines.join('\n')));
      const report = reportOf(sources, findings, isSecret);
      const short = { ...report, files: excerptReports(report.files) };
      for (const format of reportFormats) {
        const reporter = await loadReporter(format);
        assert.equal(reporter(short, { color: false }), reporter(report, { color: false }), format);
      }
    },
  );
  await fc.assert(property, { numRuns: 300 });
});

/** The first place of a finding is its own, the second that of its fix, the others are related and in the other file. */
function reportOf(
  [source, other]: readonly SourceText[],
  findings: readonly (readonly (readonly [number, number])[])[],
  isSecret: boolean,
): Report {
  assert.ok(source !== undefined && other !== undefined);
  const rangeOf = ([start, length]: readonly [number, number]) => ({
    start: Math.min(start, source.text.length),
    end: Math.min(start + length, source.text.length),
  });
  // A secret is a word, which no line feed is in.
  const ownRange = (place: readonly [number, number]) => {
    const { start, end } = rangeOf(place);
    const newline = source.text.indexOf('\n', start);
    return { start, end: isSecret && newline !== -1 ? Math.min(end, newline) : end };
  };
  const diagnostics = findings.map(([own = [0, 0], fix, ...related]): Diagnostic => {
    const message = `'${source.slice(ownRange(own))}' is wrong`;
    return {
      code: 'syntax/trailing-comment',
      severity: 'error',
      message,
      location: { source, range: ownRange(own) },
      related: related.map((each) => ({ source: other, range: rangeOf(each), message })),
      isSecret,
      ...(fix === undefined
        ? {}
        : { fix: { description: message, safety: 'safe', edits: [{ ...rangeOf(fix), text: message }] } }),
    };
  });
  return {
    ...sampleReport(),
    files: [
      { source, diagnostics },
      { source: other, diagnostics: [] },
    ],
  };
}
