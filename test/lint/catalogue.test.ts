import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadRules } from '../../src/lint/registry.ts';
import type { RuleMeta, RuleName } from '../../src/lint/rule.ts';

const columns = ['rule', 'severity', 'format', 'scope', 'effect', 'fix', 'host'] as const;
type Row = Readonly<Record<(typeof columns)[number], string>>;

/** Where a rule is more than its line in the index says, because the text about it asks for that. */
const exceptions: Partial<Record<RuleName, Partial<Row>>> = {
  // "inetd: no `.max` suffix and no -R in the profile: info."
  'security/unlimited-instances': { format: 'both' },
  // NetBSD's `.include` in inetd.conf breaks in the same ways.
  'correctness/broken-include': { format: 'both' },
  // Whether a word is a name of the table of networks, and of which network, a machine tells.
  'correctness/partial-address': { host: 'opt-in' },
  // Accounts tell of more names that are root's, but nothing that the rule says waits for them: a suppression of it can be
  // told to be unused without.
  'security/run-as-root': { host: '-' },
  // How serious it is depends on the environment of the target, which is said in the text and not in the index.
  'security/environment-inherited': { host: 'target setting' },
  // Only a target says that the daemon is started with -inetd_compat.
  'security/inetd-compat-bypasses-defaults': { host: 'target setting' },
  // "Off when exactly one target is set."
  'portability/implicit-address-family': { host: 'target setting' },
  // Facts hold no contents of files, so what hosts.allow says is not known with them either.
  'portability/libwrap-dependency': { host: 'target setting' },
};

/** What the index says of the machine, as rules say it: files of the tree and tables of our own are no facts of a host. */
const facts: Readonly<Record<string, RuleMeta['facts']>> = {
  '-': 'none',
  tree: 'none',
  'bundled table': 'none',
  'opt-in': 'opt-in',
  'target setting': 'target',
};

const index = fileURLToPath(new URL('../../fixtures/lint-catalogue/index.tsv', import.meta.url));
const [header, ...lines] = readFileSync(index, 'utf8').trimEnd().split('\n');

test('every rule is what the index of the catalogue says', async () => {
  assert.equal(header, columns.join('\t'));
  const rows = lines
    .map(rowOf)
    .map((row) => ({ ...row, ...exceptions[row.rule as RuleName] }))
    .map((row) => ({ ...row, host: facts[row.host] }));
  assert.deepEqual(
    (await loadRules()).map(({ meta }) => describe(meta)),
    rows,
  );
});

function rowOf(line: string): Row {
  const [rule = '', severity = '', format = '', scope = '', effect = '', fix = '', host = ''] =
    line.split('\t');
  return { rule, severity, format, scope, effect, fix, host };
}

function describe({ name, severity, formats, scope, effect, fixable, facts: host }: RuleMeta): Row {
  const format = formats.length === 1 ? formats.join() : 'both';
  return { rule: name, severity, format, scope, effect, fix: fixable, host };
}
