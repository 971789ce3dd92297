import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareDiagnostics, type Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { SourceText } from '../../src/text/source-text.ts';

const a = new SourceText('a', '');
const b = new SourceText('b', '');

function diagnostic(source: SourceText, start: number, end: number, code: string): Diagnostic {
  return { code, severity: 'error', message: code, location: { source, range: { start, end } } };
}

test('reports are ordered by file, place and code', () => {
  const ordered = [
    diagnostic(a, 1, 3, 'x'),
    diagnostic(a, 1, 4, 'a'),
    diagnostic(a, 1, 4, 'b'),
    diagnostic(a, 7, 8, 'a'),
    diagnostic(b, 0, 1, 'a'),
  ];
  assert.deepEqual([...ordered].reverse().sort(compareDiagnostics), ordered);
});

test('two findings of one rule at one place are equal', () => {
  assert.equal(compareDiagnostics(diagnostic(a, 1, 2, 'x'), diagnostic(a, 1, 2, 'x')), 0);
});
