import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { lintTree } from '../../src/lint/lint.ts';
import { recommended } from '../../src/lint/presets.ts';
import { readTree } from '../../src/lint/read-tree.ts';
import { loadRules } from '../../src/lint/registry.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { memoryFiles } from '../../test/lint/support/memory-files.ts';

/** Real files of other people; they lie beside the project, not in it. */
const corpusFolder = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));

export interface CorpusFindings {
  /** How many files there are about which the real daemon has nothing to say. */
  readonly fileCount: number;
  readonly findings: readonly Diagnostic[];
}

/** What the rules of the default preset find in files that the real daemon takes; undefined without a corpus. */
export async function corpusFindings(): Promise<CorpusFindings | undefined> {
  if (!existsSync(corpusFolder)) return undefined;
  const rules = (await loadRules()).filter((rule) => recommended(rule) !== 'off').map((rule) => ({ rule }));
  const [, ...rows] = readFileSync(join(corpusFolder, 'ORACLE.tsv'), 'utf8').split('\n');
  const names = rows.map((row) => row.split('\t')).filter(([, kind]) => kind === 'ok');
  const findings = names.flatMap(([name = '']) => {
    // By itself: what lies around a file is not in the corpus.
    const source = SourceText.fromBytes(name, readFileSync(join(corpusFolder, name)));
    const tree = readTree(source, { files: memoryFiles({}), cwd: '/', follow: true, format: 'xinetd' });
    return lintTree(tree, { rulesFor: () => rules });
  });
  return { fileCount: names.length, findings };
}

/** Rule, file and line: how a verdict names a finding. */
export function findingKey({ code, location: { source, range } }: Diagnostic): string {
  return `${code} ${source.path}:${source.lineAt(range.start)}`;
}
