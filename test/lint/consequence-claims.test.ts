import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { Analysis } from '../../src/lint/analysis.ts';
import { lintTree } from '../../src/lint/lint.ts';
import { readTree } from '../../src/lint/read-tree.ts';
import { loadRules } from '../../src/lint/registry.ts';
import type { Configuration } from '../../src/model/service.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { completeExample } from './support/complete-example.ts';
import { memoryFiles } from './support/memory-files.ts';

/*
 * What a finding says that the daemon does with the text is tried in the model: a line that it ignores can go without
 * any change, a service that it drops is not there, and so on.
 */
const folder = fileURLToPath(new URL('../../fixtures/lint', import.meta.url));
const rules = (await loadRules()).map((rule) => ({ rule }));
const fixtures = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /^[^/]+\/[^/]+\/invalid\/[^/]+\.conf$/.test(name))
  .sort()
  .map((name) => [name, readFileSync(join(folder, name))] as const);
const examples = rules.flatMap(({ rule: { meta } }) =>
  meta.examples.format === 'inetd'
    ? []
    : [[`the example of ${meta.name}`, Buffer.from(completeExample(meta.examples.bad))] as const],
);

for (const [name, bytes] of [...fixtures, ...examples]) {
  test(name, () => {
    const source = SourceText.fromBytes('/etc/xinetd.conf', bytes);
    const tree = readTree(source, { files: memoryFiles({}), cwd: '/', follow: true });
    if (tree.files[0]?.file.format !== 'xinetd') return;
    const analysis = new Analysis(tree);
    for (const finding of lintTree(tree, { rulesFor: () => rules })) {
      const { effect = '' } = finding;
      if (finding.location.source !== source) continue;
      for (const [claim, holds] of claims) {
        const isClaimed = claim.startsWith('the daemon') ? effect.startsWith(claim) : effect.includes(claim);
        assert.ok(!isClaimed || holds(finding, analysis), `${finding.code}: ${finding.message} (${effect})`);
      }
    }
  });
}

type Check = (finding: Diagnostic, analysis: Analysis) => boolean;

const claims: readonly (readonly [claim: string, holds: Check])[] = [
  ['the daemon ignores this line', (finding, analysis) => isSameWithout(linesOf(finding), finding, analysis)],
  [
    'the daemon leaves this word out of the list',
    (finding, analysis) => isSameWithout(finding.location.range, finding, analysis),
  ],
  ['the daemon switches the service off', (finding, analysis) => hasErrorAt(finding, analysis.configuration)],
  ['the daemon exits', (_, { configuration }) => !configuration.accepted],
  [' does not run', (finding, analysis) => countAt(finding, analysis.configuration) === 0],
  [' is switched off', (finding, analysis) => countAt(finding, analysis.configuration) === 0],
  [': it listens on ', (finding, analysis) => countAt(finding, analysis.configuration) === 1],
];

function linesOf({ location: { source, range } }: Diagnostic) {
  const start = source.lines.startOf(source.lineAt(range.start));
  const newline = source.text.indexOf('\n', Math.max(range.start, range.end - 1));
  return { start, end: newline === -1 ? source.text.length : newline };
}

function isSameWithout(
  range: { readonly start: number; readonly end: number },
  { location: { source } }: Diagnostic,
  analysis: Analysis,
): boolean {
  const change = analysis.change(source, [{ ...range, text: '' }]);
  return change !== undefined && running(change.before) === running(change.after);
}

/** What runs, without the places where it comes from. */
function running({ services, exitCode }: Configuration): string {
  const bare = services.map(({ location: _, origins: __, ...rest }) => rest);
  return JSON.stringify([exitCode, bare], (key, value) =>
    key === 'location' ? undefined : value instanceof Uint8Array ? [...value] : value,
  );
}

function hasErrorAt({ location: { source, range } }: Diagnostic, { diagnostics }: Configuration): boolean {
  const [first, last] = [source.lineAt(range.start), source.lineAt(range.end)];
  return diagnostics.some(({ severity, line = 0 }) => severity === 'ERROR' && first <= line && line <= last);
}

/** Services of the entry that a finding lies in. */
function countAt({ location: { range } }: Diagnostic, { services }: Configuration): number {
  return services.filter(
    ({ location }) => location.range.start <= range.start && range.start <= location.range.end,
  ).length;
}
