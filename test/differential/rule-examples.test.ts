import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Analysis } from '../../src/lint/analysis.ts';
import type { Host } from '../../src/lint/host.ts';
import { lintTree } from '../../src/lint/lint.ts';
import { readTree } from '../../src/lint/read-tree.ts';
import { loadRules } from '../../src/lint/registry.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { completeExample } from '../lint/support/complete-example.ts';
import { memoryFiles } from '../lint/support/memory-files.ts';
import { withoutDaemons, withoutPrivateNetwork } from '../support/daemons.ts';
import { oracleTables } from '../support/oracle-host.ts';
import type { DifferentialCase } from './case.ts';
import { runXinetd } from './run-xinetd.ts';

/*
 * Every rule's bad example is loaded in the real xinetd: what its findings say that becomes of the service is what
 * becomes of it there.
 */
const rules = (await loadRules()).filter(({ meta }) => meta.examples.format !== 'inetd');
const all = rules.map((rule) => ({ rule }));
const host: Host = { hasFacts: true, tables: oracleTables() };

/** The programs and folders of examples are not on this machine. */
function onThisMachine(text: string): string {
  return text
    .replace(/^(\s*server\s*=\s*)\/\S+/gm, '$1/bin/cat')
    .replace(/^(\s*server\s*=\s*)[a-z]+$/gm, '$1inc/script')
    .replaceAll('/etc/xinetd.d', 'etc/xinetd.d')
    .replace(/^(\s*bind\s*=\s*)192\.0\.2\.\d+/gm, '$1127.0.0.1');
}

function caseOf({ meta: { examples } }: Rule): DifferentialCase {
  const files = Object.entries(examples.files?.bad ?? {}).map(([path, text]) => [
    path.replace(/^\//, ''),
    onThisMachine(text.includes('...') ? completeExample(text) : text),
  ]);
  return {
    main: onThisMachine(completeExample(examples.bad)),
    files: Object.fromEntries(files),
    inetd: null,
  };
}

test('what findings say of a service is what becomes of it in the real daemon', {
  skip: withoutDaemons('xinetd') || withoutPrivateNetwork(),
}, () => {
  const cases = rules.map(caseOf);
  const results = runXinetd(cases);
  const wrong: string[] = [];
  for (const [at, { main, files }] of cases.entries()) {
    const { meta } = rules[at] as Rule;
    const source = SourceText.fromBytes('/main.conf', Buffer.from(main, 'latin1'));
    const absolute = Object.fromEntries(Object.entries(files).map(([path, text]) => [`/${path}`, text]));
    const tree = readTree(source, { files: memoryFiles(absolute), cwd: '/', follow: true, format: 'xinetd' });
    const { configuration } = new Analysis(tree, host);
    const result = results[at];
    const model = configuration.services.map(listenerText).sort();
    const daemon = (result?.services ?? []).map(listenerText).sort();
    if (model.join() !== daemon.join()) {
      wrong.push(`${meta.name}: model ${model.join()}; daemon ${daemon.join()}`);
    }
    for (const { effect = '' } of lintTree(tree, { rulesFor: () => all, host })) {
      if (!isSeen(effect, daemon, result?.exitCode ?? null)) wrong.push(`${meta.name}: ${effect}`);
    }
  }
  assert.deepEqual(wrong, []);
});

function listenerText(service: Readonly<{ name?: unknown; port?: unknown; protocol?: unknown }>): string {
  return `${service.name} on ${service.protocol} port ${service.port}`;
}

/** Whether the daemon did what a finding says: ended, listens there, has no such service. */
function isSeen(effect: string, daemon: readonly string[], exitCode: number | null): boolean {
  if (effect.startsWith('the daemon exits')) return exitCode !== null;
  const listens = /'(\S+)' (?:keeps running|runs)[^:]*: it listens (on \S+ port \d+)/.exec(effect);
  if (listens !== null) return daemon.includes(`${listens[1]} ${listens[2]}`);
  const gone = /'(\S+)' (?:does not run|is switched off)/.exec(effect);
  return gone === null || !daemon.some((each) => each.startsWith(`${gone[1]} on `));
}
