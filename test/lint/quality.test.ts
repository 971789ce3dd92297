import assert from 'node:assert/strict';
import { test } from 'node:test';
import { corpusFindings, findingKey } from '../../scripts/quality/corpus-findings.ts';
import { faultKey, oracleFaults } from '../../scripts/quality/oracle-coverage.ts';
import { missReasons, verdicts } from '../../scripts/quality/reviews.ts';

test('every error in a file that the real daemon takes has been looked at', async (t) => {
  const corpus = await corpusFindings();
  if (corpus === undefined) {
    t.diagnostic('no ../shared/corpus beside the project: nothing to look at');
    return;
  }
  const errors = corpus.findings.filter(({ severity }) => severity === 'error').map(findingKey);
  assert.deepEqual([...new Set(errors)].sort(), Object.keys(verdicts()).sort());
});

const faults = oracleFaults();

test('at least 95 of 100 cases in which the daemon drops, ignores or misreads something are found, on the right line', () => {
  const cases = new Set(faults.map(({ name }) => name));
  const missed = new Set(faults.filter(({ isFound }) => !isFound).map(({ name }) => name));
  assert.ok(cases.size > 200, `${cases.size} cases`);
  assert.ok(1 - missed.size / cases.size >= 0.95, `${missed.size} of ${cases.size} are not found`);
});

test('every fault that is not found has a reason', () => {
  const missed = faults.filter(({ isFound }) => !isFound).map(faultKey);
  assert.deepEqual(missed.sort(), Object.keys(missReasons()).sort());
});
