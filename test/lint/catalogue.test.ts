import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadRules } from '../../src/lint/registry.ts';
import type { RuleMeta, RuleName } from '../../src/lint/rule.ts';

const columns = ['rule', 'severity', 'format', 'scope', 'effect', 'fix'] as const;
type Row = Readonly<Record<(typeof columns)[number], string>>;

/** Where a rule is more than its line in the index says, because the text about it asks for that. */
const exceptions: Partial<Record<RuleName, Partial<Row>>> = {
  // "inetd: no `.max` suffix and no -R in the profile: info."
  'security/unlimited-instances': { format: 'both' },
  // NetBSD's `.include` in inetd.conf breaks in the same ways.
  'correctness/broken-include': { format: 'both' },
};

const index = fileURLToPath(new URL('../../fixtures/lint-catalogue/index.tsv', import.meta.url));
const [header, ...lines] = readFileSync(index, 'utf8').trimEnd().split('\n');

test('every rule is what the index of the catalogue says', async () => {
  assert.equal(header, columns.join('\t'));
  const rows = lines.map(rowOf).map((row) => ({ ...row, ...exceptions[row.rule as RuleName] }));
  assert.deepEqual(
    (await loadRules()).map(({ meta }) => describe(meta)),
    rows,
  );
});

function rowOf(line: string): Row {
  const [rule = '', severity = '', format = '', scope = '', effect = '', fix = ''] = line.split('\t');
  return { rule, severity, format, scope, effect, fix };
}

function describe({ name, severity, formats, scope, effect, fixable }: RuleMeta): Row {
  const format = formats.length === 1 ? formats.join() : 'both';
  return { rule: name, severity, format, scope, effect, fix: fixable };
}
