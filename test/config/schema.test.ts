import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseConfiguration } from '../../src/config/parse-configuration.ts';
import { knownNames } from '../../src/lint/known-names.ts';
import { loadRules } from '../../src/lint/registry.ts';
import { SourceText } from '../../src/text/source-text.ts';

const accepted = [
  {},
  { $schema: 'node_modules/xcfg/schema/xcfg.schema.json', root: true, failOn: 'info', requireReason: true },
  { target: { daemon: 'inetd', version: '2.3.15', platform: 'debian12', inetdDialect: 'openbsd' } },
  { target: { libwrap: true, inetdCompat: false, environment: 'container' } },
  { extends: ['recommended', 'hardening/cis', './base.json'], files: { '**/inetd.conf': 'inetd' } },
  { rules: { 'security/run-as-root': ['error', { allowRoot: ['in.tftpd'] }], 'style/*': 'off' } },
  { rules: { 'correctness/services-mismatch': ['info', { knownServices: { mysqlchk: '9200/tcp' } }] } },
  { overrides: [{ files: ['ctf/**'], extends: ['ctf'], rules: { 'style/*': 'info' } }] },
  { locked: ['security/shell-as-server', 'meta/*'], network: { firewalled: true } },
  { facts: { mode: 'snapshot', file: 'host.json' }, templates: { ignorePatterns: ['<%.*?%>'] } },
];

const refused = [
  { ruels: {} },
  { root: 'yes' },
  { target: { version: 'latest' } },
  { target: { inetdDialect: 'plan9' } },
  { extends: ['strict'] },
  { rules: { 'security/run-as-rot': 'off' } },
  { rules: { 'security/run-as-root': 'fatal' } },
  { rules: { 'security/run-as-root': ['error', { allowRoot: 'x' }] } },
  { rules: { 'security/run-as-root': ['error', { allow: [] }] } },
  { overrides: [{ rules: {} }] },
  { locked: ['security'] },
  { facts: { mode: 'snapshot' } },
];

test('the published schema and the reader agree about what a configuration may hold', async () => {
  const schema = readFileSync(new URL('../../schema/xcfg.schema.json', import.meta.url), 'utf8');
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: false });
  const validate = ajv.compile(JSON.parse(schema));
  const names = knownNames(await loadRules());
  for (const [samples, isGood] of [
    [accepted, true],
    [refused, false],
  ] as const) {
    for (const sample of samples) {
      const text = JSON.stringify(sample);
      const { problems } = parseConfiguration(new SourceText('xcfg.json', text), names);
      assert.equal(problems.length === 0, isGood, `${text}: ${problems.map((each) => each.message)}`);
      assert.equal(validate(sample), isGood, `${text}: ${JSON.stringify(validate.errors)}`);
    }
  }
});

test('a key that is there twice is refused, at the second place', async () => {
  const text =
    '{\n  "failOn": "info",\n  "rules": { "style/*": "off", "style/*": "error" },\n  "failOn": "error"\n}\n';
  const { problems } = parseConfiguration(new SourceText('xcfg.json', text), knownNames(await loadRules()));
  const found = problems.map(({ message, location: { source, range } }) => {
    const { line, column } = source.positionAt(range.start);
    return `${line}:${column} ${message}`;
  });
  assert.deepEqual(found, ['3:32 "style/*" is there twice', '4:3 "failOn" is there twice']);
});

test('a key that is missing or misspelt is named where it belongs, and by what may stand there', async () => {
  const names = knownNames(await loadRules());
  const said = (text: string) =>
    parseConfiguration(new SourceText('xcfg.json', text), names)
      .problems.map(({ message, location }) => `${location.source.slice(location.range)} ${message}`)
      .sort();
  assert.deepEqual(said('{ "overrides": [{ "file": [] }] }'), [
    '"file" unknown key "file"; did you mean "files"?',
    '{ "file": [] } "files" is missing',
  ]);
  assert.deepEqual(said('{ "target": { "deamon": "inetd" }, "facts": { "files": "x" } }'), [
    '"deamon" unknown key "deamon"; did you mean "daemon"?',
    '"files" unknown key "files"; did you mean "file"?',
  ]);
  assert.deepEqual(said('{ "target": { "file": "x" } }'), ['"file" unknown key "file"']);
});
